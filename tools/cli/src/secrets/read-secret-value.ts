import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { MispricedError } from '@mispriced/core';
import { Secret } from '@mispriced/config';
import type { CommandDependencies, SecretInput } from '../command-dependencies.ts';

/** Key Vault takes no longer one. */
const mostBytes = 25_000;

/**
 * Reads a secret's value: from standard input, or at a terminal by a question whose answer is not
 * shown. A line end at its end is the editor's or the shell's, and is taken off.
 *
 * @throws MispricedError CONFIG_INVALID for a value that is empty or too long.
 */
export async function readSecretValue(
  name: string,
  dependencies: CommandDependencies,
): Promise<Secret> {
  const input = dependencies.stdin;
  if (input === undefined) throw refusal(`There is nothing to read the value of ${name} from.`);
  const given = input.isTTY === true ? await ask(name, input, dependencies) : await text(input);
  const value = given.replace(/\r?\n$/, '');
  if (value.trim() === '') throw refusal(`The value of ${name} is empty.`);
  if (Buffer.byteLength(value) > mostBytes) {
    throw refusal(`The value of ${name} is longer than the ${mostBytes} bytes a vault takes.`);
  }
  return new Secret(value);
}

/** Asks on standard error, so that standard output stays the result's. */
async function ask(
  name: string,
  input: SecretInput,
  dependencies: CommandDependencies,
): Promise<string> {
  dependencies.stderr.write(`Value of ${name} (it is not shown): `);
  const silent = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input, output: silent, terminal: true });
  try {
    return await new Promise<string>((resolve) => {
      lines.once('line', resolve);
      // Control-C and control-D: nothing was given.
      lines.once('SIGINT', () => {
        resolve('');
      });
      lines.once('close', () => {
        resolve('');
      });
    });
  } finally {
    lines.close();
    dependencies.stderr.write('\n');
  }
}

function refusal(message: string): MispricedError {
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: `${message} Nothing was written.`,
    fix: 'Type it when asked, or hand it over: npx mispriced secrets set NAME --stack S < file',
  });
}
