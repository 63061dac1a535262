import { execFile } from 'node:child_process';
import { cp, glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zipSync, type Zippable } from 'fflate';
import { workspaceFolder } from '../src/package/workspace.ts';

const run = promisify(execFile);

/**
 * The app as people usually pack it: its production modules as npm installs them, and its sources.
 *
 * @returns The folder it was installed in.
 */
export async function installPlainly(folder: string): Promise<string> {
  await cp(join(workspaceFolder, 'package-lock.json'), join(folder, 'package-lock.json'));
  const root = JSON.parse(await readFile(join(workspaceFolder, 'package.json'), 'utf8')) as {
    workspaces: readonly string[];
  };
  for (const part of root.workspaces) {
    await mkdir(join(folder, part), { recursive: true });
    const file = join(part, 'package.json');
    await cp(join(workspaceFolder, file), join(folder, file));
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify(root));
  for (const part of ['apps/strategy', 'libs', 'config']) {
    await cp(join(workspaceFolder, part), join(folder, part), { recursive: true });
  }
  const words = [
    'ci',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ];
  await run('npm', [...words, '--workspace', 'apps/strategy'], { cwd: folder });
  return folder;
}

/** What a folder weighs, zipped, in bytes. */
export async function zippedSize(folder: string): Promise<number> {
  const entries: Zippable = {};
  for await (const entry of glob('**/*', { cwd: folder, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    entries[path.slice(folder.length + 1)] = [await readFile(path), { level: 6 }];
  }
  return zipSync(entries).length;
}
