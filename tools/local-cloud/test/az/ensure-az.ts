import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder, makeFolderOnce } from '@mispriced/core';

const run = promisify(execFile);
const requirementsFile = fileURLToPath(new URL('requirements.txt', import.meta.url));

/**
 * The Python that has the `az` command line at its pinned version, with every package it needs: made
 * on first use (a few minutes, 700 MB) and kept outside the tree under a name made of the pins and
 * of the Python it stands on. It is run as `-m azure.cli`.
 *
 * @param args.make fills the folder instead, for tests
 */
export async function ensureAz(
  args: {
    environment?: NodeJS.ProcessEnv;
    report?: (line: string) => void;
    make?: (folder: string) => Promise<void>;
  } = {},
): Promise<string> {
  const environment = args.environment ?? process.env;
  const base = environment['MISPRICED_PYTHON'] ?? 'python3';
  const { stdout: identity } = await run(base, [
    '-c',
    'import sys; print(sys.version, sys.platform)',
  ]);
  const requirements = await readFile(requirementsFile, 'utf8');
  const hash = createHash('sha256').update(`${identity}\n${requirements}`).digest('hex');
  const folder = cacheFolder(`az-${hash.slice(0, 12)}`, environment);
  const make = async (staging: string): Promise<void> => {
    args.report?.(`Installing the az command line in ${folder} (once).`);
    await run(base, ['-m', 'venv', staging]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input'];
    const pinned = ['--no-deps', '--requirement', requirementsFile];
    await run(interpreterIn(staging), [...pip, ...pinned]);
  };
  await makeFolderOnce({ folder, make: args.make ?? make });
  return interpreterIn(folder);
}

function interpreterIn(folder: string): string {
  return process.platform === 'win32'
    ? join(folder, 'Scripts', 'python.exe')
    : join(folder, 'bin', 'python');
}
