import { createInterface } from 'node:readline/promises';
import { MispricedError } from '@mispriced/core';
import type { CommandDependencies } from '../command-dependencies.ts';

/**
 * Asks a person at the terminal; anything but `yes` is no.
 *
 * @throws MispricedError `CONFIG_INVALID` where nobody is there to ask.
 */
export async function askPerson(
  question: string,
  dependencies: CommandDependencies,
): Promise<boolean> {
  if (dependencies.stderr.isTTY !== true || !process.stdin.isTTY) {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: 'Production asks for confirmation, and nobody is at the terminal.',
      fix: 'Run it at a terminal, or give --yes where that was decided elsewhere.',
    });
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(`${question} Type yes: `)).trim().toLowerCase() === 'yes';
  } finally {
    lines.close();
  }
}
