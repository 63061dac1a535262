import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Where Pulumi's records are files on a disk; null where they are kept by a service, which writes them
 * whole.
 *
 * @param backendUrl As in PULUMI_BACKEND_URL; empty for the project's own folder.
 */
export function recordsFolder(backendUrl: string, projectFolder: string): string | null {
  if (backendUrl === '') return join(projectFolder, '.pulumi');
  if (!backendUrl.startsWith('file:///')) return null;
  return join(fileURLToPath(backendUrl), '.pulumi');
}

/** Where in it the stacks of the project are. */
export function stacksIn(folder: string): string {
  return join(folder, 'stacks', 'mispriced');
}

/**
 * Removes what a killed run of Pulumi left half-written of a stack: it holds the state, and nothing of
 * Pulumi's own ever looks at it again.
 */
export async function removeHalfWritten(folder: string, stackName: string): Promise<void> {
  const stacks = stacksIn(folder);
  const names = await readdir(stacks).catch(() => []);
  const halfWritten = names.filter(
    (name) => name.startsWith(`${stackName}.json.`) && name.endsWith('.tmp'),
  );
  await Promise.all(halfWritten.map((name) => rm(join(stacks, name), { force: true })));
}
