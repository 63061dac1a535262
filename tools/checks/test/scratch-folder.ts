import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../src/repository.ts';

/** Left out, for what a command writes there belongs to one page alone. */
const ownToEachPage = new Set(['.git', '.nx', 'dist', 'runs', 'state', 'coverage']);

/** A folder that looks like the repository's root and keeps what is written to it for itself. */
export interface ScratchFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** Links every entry of the root into a fresh folder: nothing is copied. */
export async function createScratchFolder(): Promise<ScratchFolder> {
  const path = await mkdtemp(join(tmpdir(), 'mispriced-page-'));
  for (const name of await readdir(repositoryRoot)) {
    if (!ownToEachPage.has(name)) await symlink(join(repositoryRoot, name), join(path, name));
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
