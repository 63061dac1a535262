import { execFile } from 'node:child_process';
import { cp, glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
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

/** What a zip file spends on each of its entries beside data and name, in bytes. */
const entryOverhead = 76;

/**
 * What a folder weighs, zipped, in bytes. Its some hundred megabytes are packed one file after the
 * other by the compressor in Node, which is many times as fast as one in JavaScript.
 */
export async function zippedSize(folder: string): Promise<number> {
  let bytes = 0;
  for await (const entry of glob('**/*', { cwd: folder, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const packed = deflateRawSync(await readFile(path), { level: 6 });
    bytes += packed.length + 2 * (path.length - folder.length - 1) + entryOverhead;
  }
  return bytes;
}
