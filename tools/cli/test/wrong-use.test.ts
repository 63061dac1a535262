import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunSummary } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { expectNoStackTrace, expectSummary } from './support/run-contract.ts';
import { runCommand } from './support/run-command.ts';
import { newFolder } from './support/run-once.ts';
import { spawnProgram } from './support/spawn-command.ts';

describe('a command line that is wrong', () => {
  it.each([
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['run', '--treshold', '0.1'], /unknown option '--treshold'\n\(Did you mean --threshold\?\)/],
    [['run', '--stack', 'nope'], /There is no stack "nope": use embedded, local, dev/],
    [['run', '--stack', 'pr-0'], /There is no stack "pr-0"/],
    [['run', '--mode', 'real'], /Allowed choices are paper, live/],
    [['run', '--slot', 'yesterday'], /Write it in UTC, such as 2026-01-05T15:25:03Z/],
    [['run', '--slot', '2026-01-05T15:25:03'], /Write it in UTC/],
    [['run', '--slot', '2026-02-30T15:25:03Z'], /of a day that the calendar has/],
    [['run', '--as-of', '2010-02-30'], /does not begin with a date/],
    [['run', '--seed', 'x'], /Give a whole number/],
    [
      ['run', '--stack', 'dev', '--state', 'here'],
      /--state is for the stack embedded, not for dev/,
    ],
    [['run', '--stack', 'local', '--listings', 'x.csv'], /--listings is for the stack embedded/],
    [
      ['run', '--listings', 'x.csv', '--market-url', 'http://127.0.0.1:1'],
      /option '--listings <file>' cannot be used with option '--market-url <url>'/,
    ],
    [['deploy', '--stack', 'embedded'], /The stack embedded runs here as it is/],
    [['deploy', '--stack', 'dev', '--target', 'moon'], /Allowed choices are azure, local/],
    [['deploy', '--stack', 'dev', '--list', '--rollback'], /cannot be used with option/],
    [['deploy', '--stack', 'dev', '--rollback', 'xyz'], /Give at least four digits of a SHA-256/],
    [['deploy', '--stack', 'dev', '--own-data', 'x.csv'], /Write it as SET=FILE/],
    [['run', '--cash', '1e3'], /not an amount in dollars/],
    [['run', '--cash', '10.005'], /fractions of a cent/],
    [['model', 'list', '--stack', 'nope'], /There is no stack "nope"/],
    [['model', 'promote', 'x', '--stage', 'nope'], /There is no stack "nope"/],
    [['model', 'publish'], /missing required argument 'folder'/],
    [['model', 'paint'], /unknown command 'paint'/],
    [['train', '--data', 'loans.csv'], /required option '--issued-before/],
  ])('%j says what is wrong and how it is used, with exit code 2', async (args, message) => {
    const end = await runCommand(args);
    expect(end).toMatchObject({ exitCode: 2, stdout: '' });
    expect(end.stderr).toMatch(message);
    expect(end.stderr).toContain('(add --help to see how it is used)');
    expectNoStackTrace(end.stderr);

    const json = await runCommand([...args, '--json']);
    expect(json.exitCode).toBe(2);
    const { error } = JSON.parse(json.stdout) as { error: Record<string, string> };
    expect(error).toEqual({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(message.source.split('\\n')[0] ?? '') as string,
      fix: expect.stringContaining('--help') as string,
    });
  });

  it.each([
    [['--threshold', 'abc'], /run\.threshold \(--threshold\): "abc" must be a number from 0 to 1/],
    [['--threshold', '-0.01'], /run\.threshold/],
    [['--threshold', 'NaN'], /run\.threshold/],
    [['--cash', '-5.00'], /limits\.cash \(--cash\): "-5\.00" must be an amount/],
    [['--config', 'nowhere.yaml'], /nowhere\.yaml cannot be read/],
    [['--market-url', 'http://market.example'], /venue\.url \(--market-url\)/],
    [['--listings', 'nowhere.csv'], /nowhere\.csv cannot be read/],
    [['--stack', 'prod', '--mode', 'live'], /The configuration of stage prod has \d+ problems/],
    [['--stack', 'pr-7', '--mode', 'live'], /A preview never trades live/],
    [
      ['--mode', 'live', '--slot', '2026-01-05T10:00:00Z'],
      /run\.slot \(--slot\): It is 2026-01-05T10:00:00Z.* 2026-01-04T15:25:03Z.* 2026-01-05T15:25:03Z/,
    ],
    [
      ['--mode', 'live', '--market-url', 'https://market.example'],
      /Live trading in the stage embedded is for a simulated market on this machine only/,
    ],
  ])('run %j has a summary that says so, and does nothing', async (args, message) => {
    const folder = await newFolder();
    const places = ['--out', 'out', ...(args[0] === '--stack' ? [] : ['--state', 'state'])];
    const end = await runCommand(['run', '--json', ...places, ...args], { workingFolder: folder });
    expect(end.exitCode).toBe(1);
    const summary = JSON.parse(end.stdout) as RunSummary;
    expectSummary(summary);
    expect(summary).toMatchObject({
      status: 'failed',
      listed: 0,
      spent: '0.00',
      ledger: null,
      report: null,
      error: { message: expect.stringMatching(message) as string },
    });
    expectNoStackTrace(end.stdout, end.stderr);
    expect(existsSync(join(folder, 'out'))).toBe(false);

    const inWords = await runCommand(['run', ...places, ...args], { workingFolder: folder });
    expect(inWords.exitCode).toBe(1);
    expect(inWords.stdout).toMatch(message);
    expect(inWords.stdout).toContain('What to do: ');
  });

  it('tells every mistake in a settings file at once, none of them half obeyed', async () => {
    const folder = await newFolder();
    const settings = 'limits: { per_order: 1000.005, per_rum: 5 }\nrun: { threshold: two }\n';
    await writeFile(join(folder, 'settings.yaml'), settings);
    const args = ['run', '--json', '--config', 'settings.yaml', '--state', 'state'];
    const end = await runCommand(args, { workingFolder: folder });
    const { error } = JSON.parse(end.stdout) as RunSummary;
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    for (const part of [/per_order/, /per_rum/, /run\.threshold/]) {
      expect(error?.message).toMatch(part);
    }
    expect(await readdir(folder)).toEqual(['settings.yaml']);
  });
});

describe('help', () => {
  it.each([
    [[], ['run', 'train', 'model']],
    [
      ['run'],
      ['--stack', '--slot', '--mode', '--market-url', '--listings', '--own-data', '--as-of'],
    ],
    [
      ['run'],
      ['--seed', '--threshold', '--cash', '--model', '--config', '--state', '--out', '--anyway'],
    ],
    [['run'], ['Examples:', 'mispriced run --mode live --seed 7']],
    [['train'], ['--data', '--own-data', '--issued-before', '--features', '--label', '--out']],
    [['train'], ['Example:', '--label charged-off-within-12-months']],
    [['model'], ['publish', 'promote', 'rollback', 'list', 'show', 'Examples:']],
    [
      ['model', 'promote'],
      ['--stage', '--stack', '--state', '--name', '--json'],
    ],
  ])('of %j tells %j', async (words, parts) => {
    const { exitCode, stdout, stderr } = await runCommand([...words, '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const part of parts) expect(stdout).toContain(part);
  });
});

describe('a process of its own', () => {
  it('hands over the exit code, and with --json one value alone on standard output', async () => {
    const folder = await newFolder();
    const places = ['--state', join(folder, 'state'), '--out', join(folder, 'out')];
    const [wrong, done] = await Promise.all([
      spawnProgram(['run', '--nope']).end,
      spawnProgram(['run', '--json', ...places]).end,
    ]);
    expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
    expect(done.exitCode, done.stderr).toBe(0);
    expectSummary(JSON.parse(done.stdout) as RunSummary);
    expect(
      done.stderr
        .trim()
        .split('\n')
        .every((line) => line.startsWith('· ')),
    ).toBe(true);
  });
});
