import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { CommandDependencies } from '../command-dependencies.ts';
import type { SecretInput } from '../command-dependencies.ts';
import { readSecretValue } from './read-secret-value.ts';

function dependenciesOf(stdin: SecretInput): {
  dependencies: CommandDependencies;
  shown: () => string;
} {
  let shown = '';
  const stream = { write: (text: string) => (shown += text) };
  const dependencies = {
    stdin,
    stdout: stream,
    stderr: stream,
    environment: {},
    workingFolder: '/',
  };
  return { dependencies, shown: () => shown };
}
const piped = async (text: string): Promise<string> =>
  (
    await readSecretValue('trading_api_key', dependenciesOf(Readable.from([text])).dependencies)
  ).reveal();

describe('a value on standard input', () => {
  it.each([
    ['key', 'key'],
    ['key\n', 'key'],
    ['key\r\n', 'key'],
    ['{"a":\n1}\n', '{"a":\n1}'],
  ])('%j is %j', async (given, expected) => {
    expect(await piped(given)).toBe(expected);
  });

  it.each(['', '\n', '  \n', 'x'.repeat(25_001)])('is refused', async (given) => {
    await expect(piped(given)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});

describe('a value at a terminal', () => {
  const typed = async (keys: string): Promise<{ value: string; shown: string }> => {
    const terminal = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const { dependencies, shown } = dependenciesOf(terminal);
    const reading = readSecretValue('trading_api_key', dependencies);
    terminal.write(keys);
    const value = await reading;
    return { value: value.reveal(), shown: shown() };
  };

  it('is asked for and not shown', async () => {
    const { value, shown } = await typed('my ket\x7fy\r');
    expect(value).toBe('my key');
    expect(shown).toBe('Value of trading_api_key (it is not shown): \n');
  });

  it('is none after control-C', async () => {
    await expect(typed('my key\x03')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
