import { type EnvironmentArgs, findStack, notThere } from './open-stack.ts';
import { plainOutputs } from './plain-outputs.ts';

/**
 * What an environment gives out: its names and addresses, and no secret.
 *
 * @throws MispricedError ENVIRONMENT_REFUSED when the environment is not there.
 */
export async function environmentOutputs(args: EnvironmentArgs): Promise<Record<string, unknown>> {
  const { stack, name } = await findStack(args);
  const outputs = plainOutputs(await stack.outputs());
  if (Object.keys(outputs).length > 0) return outputs;
  throw notThere(name.name);
}
