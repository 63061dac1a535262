import { rm, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buyReasons, dropReasons, runStatuses, skipReasons } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { readRepositoryFile, repositoryRoot } from '../src/repository.ts';
import { listedWords } from '../src/word-lists.ts';
import { runShell } from './run-shell.ts';

const { text } = readRepositoryFile('docs/run.md');

describe('docs/run.md', () => {
  it('lists the options that the command has', async () => {
    const { standardOutput } = await runShell('npx mispriced run --help', repositoryRoot);
    const options = [...standardOutput.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)];
    const names = options.map(([, name = '']) => name).filter((name) => name !== '--help');
    expect(names.length).toBeGreaterThan(10);
    expect(listedWords(text, 'Options')).toEqual(names);
  });

  it('lists the reasons that a decision can have', () => {
    expect(listedWords(text, 'Left out before a score')).toEqual([...dropReasons]);
    expect(listedWords(text, 'Scored and not bought')).toEqual([...skipReasons]);
    expect(listedWords(text, 'Bought')).toEqual([...buyReasons]);
  });

  it('lists how a run can end', () => {
    expect(listedWords(text, 'How a run ends')).toEqual([...runStatuses]);
  });

  it('lists the fields of the JSON and the columns of decisions.csv that a run prints', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mispriced-run-page-'));
    try {
      const command = `npx mispriced run --json --out ${folder} --state ${folder}/state`;
      const { standardOutput } = await runShell(command, repositoryRoot);
      const summary = JSON.parse(standardOutput) as Record<string, unknown>;
      expect(listedWords(text, 'Its JSON')).toEqual(Object.keys(summary));
      const [header = ''] = (await readFile(join(folder, 'decisions.csv'), 'utf8')).split('\n');
      expect(listedWords(text, 'decisions.csv')).toEqual(header.split(','));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
