import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MispricedError } from '@mispriced/core';
import type { OpenStack } from './open-stack.ts';
import { recordsFolder, removeHalfWritten } from './records-folder.ts';

/**
 * Takes a stack out of Pulumi's record: its state with every copy that was made of it, its history and
 * its settings. The SDK's own way leaves the copies, with all that was in them.
 *
 * @param options.force Also where it still lists resources.
 * @throws MispricedError ENVIRONMENT_FAILED.
 */
export async function removeRecord(
  { name, stack }: OpenStack,
  options: { readonly force: boolean },
): Promise<void> {
  const { pulumiCommand, workDir, envVars, pulumiHome } = stack.workspace;
  const words = ['stack', 'rm', name.name, '--yes', '--remove-backups', '--non-interactive'];
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...envVars,
    ...(pulumiHome !== undefined && { PULUMI_HOME: pulumiHome }),
  };
  try {
    await promisify(execFile)(
      pulumiCommand.command,
      [...words, ...(options.force ? ['--force'] : [])],
      { cwd: workDir, env: environment },
    );
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new MispricedError({
      code: 'ENVIRONMENT_FAILED',
      message: `The record of ${name.name} could not be removed: ${said === '' ? String(error) : said}`,
      fix: 'Run the same command again.',
      retryable: true,
      cause: error,
    });
  }
  const folder = recordsFolder(environment['PULUMI_BACKEND_URL'] ?? '', workDir);
  if (folder !== null) await removeHalfWritten(folder, name.name);
}
