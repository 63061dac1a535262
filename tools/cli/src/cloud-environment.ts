import { join, resolve } from 'node:path';
import { MispricedError } from '@mispriced/core';
import { inLocalCloud } from '@mispriced/environment/in-local-cloud';
import type { CommandDependencies } from './command-dependencies.ts';
import { workspaceRoot } from './workspace-root.ts';

/**
 * Where the local cloud keeps what it knows: in the workspace, unless MISPRICED_LOCAL_FOLDER, which
 * `local env` sets as well, names another folder.
 */
export function localCloudFolder({ environment, workingFolder }: CommandDependencies): string {
  const folder = environment['MISPRICED_LOCAL_FOLDER'];
  if (folder !== undefined && folder !== '') return resolve(workingFolder, folder);
  return join(workspaceRoot, '.mispriced', 'local-cloud');
}

/** Which cloud a stack is in, where its name alone does not say. */
export type Target = 'azure' | 'local';

/**
 * The variables with which a stack's cloud is reached. For one in the local cloud these are that
 * cloud's own, and this process is made to believe it; a shell that `local env` has set up says which
 * local cloud is meant, else it is the workspace's.
 *
 * @throws MispricedError CONFIG_INVALID where that local cloud does not run.
 */
export async function cloudEnvironment(
  stack: { readonly stack: string; readonly target?: Target },
  dependencies: CommandDependencies,
): Promise<Record<string, string | undefined>> {
  const environment = { ...dependencies.environment };
  if (stack.target === 'azure') delete environment['MISPRICED_CLOUD'];
  if (stack.target === 'local') environment['MISPRICED_CLOUD'] = 'local';
  if (!inLocalCloud({ stackName: stack.stack, environment })) return environment;
  if (stack.target === 'azure') {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `The stack ${stack.stack} is on this machine, not in Azure.`,
      fix: 'Leave --target away, or take --stack dev.',
    });
  }
  // Loaded where it is needed: most commands go without it.
  const { localEnv, trustLocalCloud } = await import('@mispriced/local-cloud');
  const found =
    environment['MISPRICED_LOCAL_CLOUD'] === undefined
      ? {
          ...environment,
          ...withoutPulumi(await localEnv({ stateFolder: localCloudFolder(dependencies) })),
        }
      : environment;
  const certificateFile = found['MISPRICED_LOCAL_CLOUD_CERTIFICATE'];
  if (certificateFile !== undefined) trustLocalCloud(certificateFile);
  return found;
}

/** What plain `pulumi` needs; a command drives the engine itself, and leaves these to its caller. */
function withoutPulumi(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !name.startsWith('PULUMI_')),
  );
}
