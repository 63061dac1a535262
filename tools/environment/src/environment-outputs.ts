import { MispricedError } from '@mispriced/core';
import { type EnvironmentArgs, openStack } from './open-stack.ts';
import { plainOutputs } from './plain-outputs.ts';

/**
 * What an environment gives out: its names and addresses, and no secret.
 *
 * @throws MispricedError ENVIRONMENT_REFUSED when the environment is not there.
 */
export async function environmentOutputs(args: EnvironmentArgs): Promise<Record<string, unknown>> {
  const { stack, name } = await openStack(args);
  const outputs = plainOutputs(await stack.outputs());
  if (Object.keys(outputs).length > 0) return outputs;
  throw new MispricedError({
    code: 'ENVIRONMENT_REFUSED',
    message: `There is no environment ${name.name} yet, or its last update failed.`,
    fix: `Bring it up: npx nx up infra --stack=${name.name}`,
  });
}
