import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import type { CommandDependencies } from './command-dependencies.ts';
import { stackName, stageOf, withStack } from './stack-config.ts';

const dependencies: CommandDependencies = {
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
  it('keeps what an embedded stack has in the folder named, from where the command was typed', async () => {
    const workingFolder = await mkdtemp(join(tmpdir(), 'stack-'));
    const text = new TextEncoder().encode('kept');
    const here = { ...dependencies, workingFolder };
    const named = { stack: 'embedded', state: 'mine' };
    await withStack(named, here, ({ objects }) => objects.write('data', 'a/b', text, 'any'));
    await expect(readdir(workingFolder)).resolves.toEqual(['mine']);
    const again = await withStack(named, here, async ({ config, objects }) => {
      expect(config.stage).toBe('embedded');
      return objects.read('data', 'a/b');
    });
    expect(new TextDecoder().decode(again?.bytes)).toBe('kept');
    await expect(readdir(join(workingFolder, 'mine'))).resolves.not.toContain('in-use');
  });

  it('lets no other command into the folder meanwhile', async () => {
    const here = { ...dependencies, workingFolder: await mkdtemp(join(tmpdir(), 'stack-')) };
    const other = () => withStack({ stack: 'embedded' }, here, () => Promise.resolve());
    await withStack({ stack: 'embedded' }, here, async () => {
      await expect(other()).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    });
    await expect(other()).resolves.toBeUndefined();
  });

  it('gives the folder back where the work fails', async () => {
    const workingFolder = await mkdtemp(join(tmpdir(), 'stack-'));
    const here = { ...dependencies, workingFolder };
    const fails = () => Promise.reject(new Error('no'));
    await expect(withStack({ stack: 'embedded' }, here, fails)).rejects.toThrow('no');
    await expect(readdir(join(workingFolder, 'state'))).resolves.not.toContain('in-use');
  });

  it('leaves the storage of other stacks to their configuration', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stack-'));
    const where = await withStack(
      { stack: 'local' },
      {
        ...dependencies,
        environment: {
          MISPRICED__STORAGE__PATH: folder,
          MISPRICED__VENUE__NAME: 'replay',
          MISPRICED__VENUE__LISTING: 'listing.json',
        },
      },
      ({ config, objects }) => Promise.resolve([config.stage, objects.location]),
    );
    expect(where).toEqual(['local', folder]);
  });

  it('says what is missing', async () => {
    const work = () => Promise.reject(new Error('not reached'));
    await expect(withStack({ stack: 'prod' }, dependencies, work)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});
