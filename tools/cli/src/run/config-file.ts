import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { MispricedError } from '@mispriced/core';
import type { CommandDependencies } from '../command-dependencies.ts';

/** The file of `--config` as the configuration takes it; nothing where none was given. */
export async function readConfigFile(
  path: string | undefined,
  dependencies: CommandDependencies,
): Promise<{ file?: { name: string; text: string } }> {
  if (path === undefined) return {};
  try {
    const text = await readFile(resolve(dependencies.workingFolder, path), 'utf8');
    return { file: { name: path, text } };
  } catch (error) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: `The configuration file ${path} cannot be read.`,
      fix: 'Check the path given to --config.',
      cause: error,
    });
  }
}
