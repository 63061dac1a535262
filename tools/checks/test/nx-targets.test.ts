import { provesAll } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../src/repository.ts';
import { runShell } from './run-shell.ts';

const timeoutMilliseconds = 120_000;

async function nx(words: string): Promise<{ exitCode: number | null; said: string }> {
  const end = await runShell(`npx nx ${words}`, repositoryRoot);
  return { exitCode: end.exitCode, said: `${end.standardOutput}\n${end.standardError}` };
}

const reached = [
  ['train model -- --help', 'Usage: mispriced train [options]'],
  ['model -- --help', 'Usage: mispriced model [options]'],
  ['model -- list --help', 'Usage: mispriced model list [options]'],
  ['up infra -- --help', 'Usage: mispriced up [options]'],
  ['preview-changes infra -- --help', 'Usage: mispriced preview-changes [options]'],
  ['outputs infra -- --help', 'Usage: mispriced outputs [options]'],
  ['drift infra -- --help', 'Usage: mispriced drift [options]'],
  ['destroy infra -- --help', 'Usage: mispriced destroy [options]'],
  ['package strategy -- --help', 'Usage: mispriced package [options]'],
  ['deploy strategy --excludeTaskDependencies -- --help', 'Usage: mispriced deploy [options]'],
];

const handed = [
  ['--stack=embedded', 'The stack embedded runs here as it is'],
  ['--stack=dev --rollback=zz', 'Give at least four digits of a SHA-256'],
];

describe('the Nx targets', { timeout: timeoutMilliseconds }, () => {
  it.each(provesAll ? reached : reached.slice(0, 1))(
    'nx %s reaches the command',
    async (words, usage) => {
      const { exitCode, said } = await nx(words);
      expect(said).toContain(usage);
      expect(exitCode).toBe(0);
    },
  );

  it.each(provesAll ? handed : handed.slice(1))(
    'hand %s on to deploy',
    async (words, complaint) => {
      const { exitCode, said } = await nx(`deploy strategy --excludeTaskDependencies ${words}`);
      expect(said).toContain(`mispriced deploy --package dist/strategy.zip ${words}`);
      expect(said).toContain(complaint);
      expect(exitCode).not.toBe(0);
    },
  );

  it('deploy what was packed, once its types and the fast tests of what ships have passed', async () => {
    const { standardOutput } = await runShell(
      'npx nx deploy strategy --stack=dev --graph=stdout',
      repositoryRoot,
    );
    const { tasks } = JSON.parse(standardOutput) as {
      tasks: { dependencies: Readonly<Record<string, readonly string[]>> };
    };
    expect(tasks.dependencies['strategy:deploy']?.toSorted()).toEqual([
      ...['config:test-unit', 'core:test-unit', 'strategy:package', 'strategy:test-unit'],
      'strategy:types',
    ]);
  });

  it('hand on every option, a repeated one too, and a failure', async () => {
    const { exitCode, said } = await nx(
      'train model --data=no-loans.csv --own-data=no-a.csv --own-data=no-b.csv ' +
        '--issued-before=2010-01-01 --label=charged-off-with-hindsight --out=dist/never',
    );
    for (const name of ['no-loans.csv', 'no-a.csv', 'no-b.csv']) expect(said).toContain(name);
    expect(said).toContain('DATA_MISSING');
    expect(exitCode).not.toBe(0);
  });
});
