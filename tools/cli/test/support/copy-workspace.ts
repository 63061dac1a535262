import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { workspaceRoot } from '../../src/workspace-root.ts';

const parts = ['apps', 'libs', 'config', 'infra', 'tools', 'package.json', 'tsconfig.base.json'];
const notCopied = new Set(['node_modules', 'dist', 'local.yaml', '__pycache__', 'test']);

/**
 * A copy of the working tree whose own program runs there, in a repository of its own: the project's
 * packages are the copy's, modules from npm are linked.
 */
export async function copyWorkspace(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'workspace-copy-')));
  for (const part of [...parts, '.gitignore']) {
    await cp(join(workspaceRoot, part), join(folder, part), {
      recursive: true,
      filter: (source) => !notCopied.has(basename(source)),
    });
  }
  const modules = join(workspaceRoot, 'node_modules');
  await mkdir(join(folder, 'node_modules/@mispriced'), { recursive: true });
  for (const name of await readdir(modules)) {
    if (name === '@mispriced' || name.startsWith('.')) continue;
    await symlink(join(modules, name), join(folder, 'node_modules', name));
  }
  for (const name of await readdir(join(modules, '@mispriced'))) {
    const original = await realpath(join(modules, '@mispriced', name));
    const own = join(folder, original.slice(workspaceRoot.length));
    await symlink(own, join(folder, 'node_modules/@mispriced', name));
    const nested = join(original, 'node_modules');
    await symlink(nested, join(own, 'node_modules')).catch(() => undefined);
  }
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  return folder;
}
