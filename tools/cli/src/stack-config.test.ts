import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@mispriced/config';
import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import type { CommandWorld } from './command-world.ts';
import { stackConfigOptions, stackName, stageOf, withStack } from './stack-config.ts';

const world: CommandWorld = {
  stdout: { write: () => true },
  stderr: { write: () => true },
  environment: {},
  workingFolder: '/somewhere',
};

describe('stageOf', () => {
  it.each([
    ['embedded', 'embedded'],
    ['prod', 'prod'],
    ['pr-1', 'preview'],
    ['pr-4711', 'preview'],
  ])('of the stack %s is %s', (stack, stage) => {
    expect(stageOf(stack)).toBe(stage);
    expect(stackName(stack)).toBe(stack);
  });

  it.each(['', 'preview', 'pr-', 'pr-0', 'pr-01', 'PROD', 'prod '])('refuses %j', (stack) => {
    expect(() => stageOf(stack)).toThrow(InvalidArgumentError);
    expect(() => stackName(stack)).toThrow(InvalidArgumentError);
  });
});

describe('withStack', () => {
  it('keeps an embedded stack in the folder named, for the time of some work', async () => {
    const workingFolder = await mkdtemp(join(tmpdir(), 'stack-'));
    const here = { ...world, workingFolder };
    const write = withStack({ stack: 'embedded', state: 'mine' }, here, ({ objects }) =>
      objects.write('runs', 'a', new TextEncoder().encode('kept'), 'absent'),
    );
    await expect(
      withStack({ stack: 'embedded', state: 'mine' }, here, () => Promise.resolve()),
    ).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    await write;
    const kept = await withStack({ stack: 'embedded', state: 'mine' }, here, ({ objects }) =>
      objects.read('runs', 'a'),
    );
    expect(new TextDecoder().decode(kept?.bytes)).toBe('kept');
  });

  it('leaves the storage of other stacks to their configuration', async () => {
    const account = 'https://example.blob.core.windows.net';
    const config = await loadConfig(
      stackConfigOptions(
        { stack: 'dev' },
        { ...world, environment: { MISPRICED__STORAGE__ACCOUNT_URL: account } },
      ),
    );
    expect(config.stage).toBe('dev');
    expect(config.values.storage).toMatchObject({ kind: 'blob', accountUrl: account });
  });

  it('says what is missing', async () => {
    await expect(
      withStack({ stack: 'prod' }, world, () => Promise.resolve()),
    ).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
