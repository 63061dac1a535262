import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import type { CommandWorld } from './command-world.ts';
import { loadStackConfig, stackName, stageOf } from './stack-config.ts';

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

describe('loadStackConfig', () => {
  it('keeps an embedded stack in the folder named, from where the command was typed', async () => {
    const named = await loadStackConfig({ stack: 'embedded', state: 'mine' }, world);
    expect(named.values.storage).toMatchObject({ kind: 'file', path: '/somewhere/mine' });
    const unnamed = await loadStackConfig({ stack: 'embedded' }, world);
    expect(unnamed.values.storage).toMatchObject({ path: '/somewhere/state' });
  });

  it('leaves the storage of other stacks to their configuration', async () => {
    const account = 'https://example.blob.core.windows.net';
    const config = await loadStackConfig(
      { stack: 'dev', state: 'mine' },
      { ...world, environment: { MISPRICED__STORAGE__ACCOUNT_URL: account } },
    );
    expect(config.stage).toBe('dev');
    expect(config.values.storage).toMatchObject({ kind: 'blob', accountUrl: account });
  });

  it('says what is missing', async () => {
    await expect(loadStackConfig({ stack: 'prod' }, world)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});
