import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, makeFolderOnce, MispricedError } from '@mispriced/core';
import { findPython, type FoundPython } from './find-python.ts';
import { pythonFolder } from './paths.ts';
import { lastLines, runProcess } from './run-process.ts';

/** A Python that has exactly the pinned packages. */
export interface PythonEnvironment {
  /** Its interpreter. */
  readonly python: string;
  readonly folder: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Gives the trainer its Python: a virtual environment with every package at its pinned version, made
 * on first use (about a minute, 700 MB) and kept in the cache folder under a name made of the
 * pins and of the Python it stands on. Safe when several start at once, and when one is killed.
 *
 * @throws MispricedError `PYTHON_UNAVAILABLE` with what to install.
 */
export async function ensurePythonEnvironment(
  options: {
    environment?: Variables;
    requirementsPath?: string;
    onProgress?: (line: string) => void;
  } = {},
): Promise<PythonEnvironment> {
  const environment = options.environment ?? process.env;
  const requirementsPath = options.requirementsPath ?? join(pythonFolder, 'requirements.txt');
  const base = await findPython(environment);
  const requirements = await readFile(requirementsPath, 'utf8');
  const hash = createHash('sha256').update(`${base.identity}\n${requirements}`).digest('hex');
  const folder = cacheFolder(`python-${hash.slice(0, 12)}`, environment);
  const python = interpreterOf(folder);
  await makeFolderOnce({
    folder,
    // An environment loses its interpreter, for instance to an update of the system's.
    isWhole: () => exists(python),
    make: async (building) => {
      options.onProgress?.(`Installing the trainer's Python packages in ${folder} (once)`);
      await install({ base, building, requirementsPath, environment });
    },
    onWait: () => options.onProgress?.('Waiting for another process that installs them'),
  });
  return { python, folder };
}

async function install(args: {
  base: FoundPython;
  building: string;
  requirementsPath: string;
  environment: Variables;
}): Promise<void> {
  const { base, building, requirementsPath, environment } = args;
  const made = await runProcess({
    command: base.command,
    arguments: ['-m', 'venv', building],
    environment,
  });
  if (made.exitCode !== 0) {
    throw new MispricedError({
      code: 'PYTHON_UNAVAILABLE',
      message:
        `${base.command} cannot make a virtual environment: ` +
        lastLines(`${made.standardOutput}\n${made.standardError}`, 8),
      fix: 'On Debian and Ubuntu install python3-venv; elsewhere use the full Python of python.org.',
    });
  }
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--no-input'];
  const pinned = ['--no-deps', '--only-binary', ':all:', '--requirement', requirementsPath];
  const installed = await runProcess({
    command: interpreterOf(building),
    arguments: [...pip, 'install', '--quiet', ...pinned],
    environment,
  });
  if (installed.exitCode !== 0) {
    throw new MispricedError({
      code: 'PYTHON_UNAVAILABLE',
      message: `pip cannot install the trainer's packages: ${lastLines(installed.standardError, 5)}`,
      fix: "Check the network and pip's index (`pip config list`); tools/train/python/requirements.txt lists what is needed.",
      retryable: true,
    });
  }
}

function interpreterOf(folder: string): string {
  return process.platform === 'win32'
    ? join(folder, 'Scripts', 'python.exe')
    : join(folder, 'bin', 'python');
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
