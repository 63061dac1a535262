import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { linkModules } from '../../src/base/base-tree.ts';

const program = 'tools/cli/bin/mispriced.mjs';

/**
 * Clones what is committed in a repository into a fresh folder, as a runner does: with its modules, of
 * which those of ours are the clone's own, and with nothing that was ever made there.
 */
export async function cloneRepository(repository: string): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'clone-')));
  await promisify(execFile)('git', ['clone', '--quiet', '--shared', repository, '.'], {
    cwd: folder,
  });
  await linkModules(repository, folder);
  const programs = join(folder, 'node_modules', '.bin');
  await mkdir(programs);
  await symlink(join(folder, program), join(programs, 'mispriced'));
  return folder;
}
