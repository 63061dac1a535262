import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stages } from '@mispriced/config';
import { packageRefused } from './package-error.ts';

/** Stages that only ever run on somebody's own machine. */
const notDeployed = new Set(['embedded', 'local']);

/** The paths of the configuration that every package holds. */
export const configPaths: readonly string[] = [
  'defaults',
  ...stages.filter((stage) => !notDeployed.has(stage)),
].map((name) => `config/${name}.yaml`);

/**
 * The configuration that ships: the defaults and the file of every stage that is deployed. They are
 * named one by one, so that a personal `config/local.yaml` cannot come along.
 *
 * @throws MispricedError `PACKAGE_REFUSED` naming the files that are not there.
 */
export async function collectConfig(workspace: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const missing: string[] = [];
  for (const path of configPaths) {
    const bytes = await readFile(join(workspace, path)).catch(() => null);
    if (bytes === null) missing.push(path);
    else files.set(path, bytes);
  }
  if (missing.length === 0) return files;
  throw packageRefused(
    `Configuration that every package holds is missing: ${missing.join(', ')}.`,
    'Put it back from the repository: `git checkout -- config`.',
  );
}
