import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { provesAll } from '@mispriced/testing';
import { demoModelFolder } from '@mispriced/train';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectHonestBooks } from './support/expect-honest-books.ts';
import { expectSummary } from './support/run-contract.ts';
import { runCommand } from './support/run-command.ts';
import {
  newFolder,
  readDecisions,
  readLedger,
  readOnlyRun,
  runEmbedded,
  runId,
  runOverFiles,
  settingsOverFiles,
  slot,
  type RunEnd,
} from './support/run-once.ts';
import { spawnProgram } from './support/spawn-command.ts';
import { startTestMarket, type TestMarket } from './support/test-market.ts';

let market: TestMarket;
let stateFolder: string;

beforeEach(async () => {
  market = await startTestMarket();
  stateFolder = await newFolder();
});

afterEach(async () => {
  await market.close();
});

type Run = (...args: Parameters<typeof runEmbedded>) => Promise<RunEnd>;

const tradeBy =
  (run: Run) =>
  (args: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) =>
    run(['--mode', 'live', '--market-url', market.url, ...args], {
      environment: { ...market.environment, ...environment },
      stateFolder,
    });

const trade = tradeBy(runOverFiles);

describe('a slot', () => {
  it.each([
    ['in files', 'local', runOverFiles],
    ['in Azurite, by the function app', 'embedded', runEmbedded],
  ])('is run once, %s: the second start is skipped and buys nothing', async (_how, stage, run) => {
    const first = await tradeBy(run)();
    expectSummary(first.summary);
    expect(first.summary).toMatchObject({
      status: 'traded',
      runId,
      slot: '2026-01-05T15:25:03.000Z',
      stage,
      mode: 'live',
      bought: 40,
      spent: '1000.00',
    });
    const before = await market.log();
    const ledger = await readLedger(first.summary);
    await expectHonestBooks({ ...first, log: before });

    const second = await tradeBy(run)();
    expectSummary(second.summary);
    expect(second).toMatchObject({ exitCode: 0 });
    expect(second.summary).toMatchObject({
      status: 'skipped',
      runId,
      bought: 0,
      spent: '0.00',
      decisions: null,
      error: null,
    });
    expect(second.stderr).toContain('this slot was run before and ended as traded');
    expect(await market.log()).toEqual(before);
    // All it leaves behind is that it was there.
    const after = await readLedger(second.summary);
    expect(after.slice(0, ledger.length)).toEqual(ledger);
    expect(after.slice(ledger.length).map(({ type }) => type)).toEqual(['lease-taken']);
  });

  it('of the next day buys nothing that is held already', async () => {
    await trade();
    const next = await trade(['--slot', '2026-01-06T15:25:03Z']);
    expect(next.summary).toMatchObject({
      status: 'traded',
      runId: 'mispriced-20260106T152503Z',
      cashBefore: '9000.00',
    });
    const { orders } = await market.log();
    expect(new Set(orders.map(({ loanId }) => loanId)).size).toBe(orders.length);
    const held = (await readDecisions(next.outFolder)).filter(
      ({ reason }) => reason === 'already-held',
    );
    expect(held).toHaveLength(40);
  });

  it('finds what earlier ones bought at the embedded market too, which is kept with the ledger', async () => {
    const live = (slotOfRun: string) =>
      runEmbedded(['--mode', 'live', '--slot', slotOfRun], { stateFolder });
    expect((await live(slot)).summary).toMatchObject({ status: 'traded', cashBefore: '10000.00' });
    expect(await live(slot)).toMatchObject({ exitCode: 0, summary: { status: 'skipped' } });
    const next = await live('2026-01-06T15:25:03Z');
    expect(next.summary).toMatchObject({ status: 'traded', cashBefore: '9000.00', error: null });
  });

  it('may be written in any zone', async () => {
    const { summary } = await trade(['--slot', '2026-01-05T16:25:03+01:00']);
    expect(summary).toMatchObject({ runId, slot: '2026-01-05T15:25:03.000Z' });
  });

  it('outside the schedule is run live only where somebody means it', async () => {
    const unscheduled = ['--slot', '2026-01-05T18:00:00Z'];
    const refused = await trade(unscheduled);
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.summary).toMatchObject({
      status: 'failed',
      spent: '0.00',
      error: {
        code: 'CONFIG_INVALID',
        message: expect.stringContaining('the next one 2026-01-06T15:25:03Z') as string,
        fix: expect.stringContaining('--anyway') as string,
      },
    });
    expect(await market.log()).toEqual({ orders: [], requests: [] });

    const onPaper = await trade([...unscheduled, '--mode', 'paper']);
    expect(onPaper.summary).toMatchObject({ status: 'traded', mode: 'paper' });
    const meant = await trade(['--slot', '2026-01-05T19:00:00Z', '--anyway']);
    expect(meant.summary).toMatchObject({
      status: 'traded',
      runId: 'mispriced-20260105T190000Z',
      mode: 'live',
      bought: 40,
    });
  });

  it('that failed before it ordered anything can be run again', async () => {
    const { exitCode, summary } = await trade(['--model', join(stateFolder, 'no-model')]);
    expect(exitCode).toBe(1);
    expect(summary).toMatchObject({ status: 'failed', error: { code: 'MODEL_MISSING' } });
    const again = await trade();
    expect(again.summary).toMatchObject({ status: 'traded', spent: '1000.00' });
    await expectHonestBooks({ ...again, log: await market.log() });
  });
});

describe('paper', () => {
  it('never sends an order', async () => {
    const { summary, outFolder } = await trade(['--mode', 'paper']);
    expectSummary(summary);
    expect(summary).toMatchObject({ status: 'traded', mode: 'paper', spent: '1000.00' });
    expect(await market.log()).toEqual({ orders: [], requests: [] });
    await expectHonestBooks({ summary, outFolder });
    const { orders } = await readOnlyRun(summary);
    expect(new Set(orders.map(({ result }) => result?.source))).toEqual(new Set(['paper']));
  });

  it('is what a run does unless told otherwise', async () => {
    const { summary } = await runEmbedded();
    expect(summary).toMatchObject({ mode: 'paper', status: 'traded' });
  });
});

describe('the kill switch', () => {
  const halt = { why: 'odd prices', by: 'a person', at: '2026-01-05T00:00:00.000Z' };

  const throwSwitch = async (content: string): Promise<void> => {
    const folder = join(stateFolder, 'control', 'main');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'kill-switch.json'), content);
  };

  it.each([
    ['is on', JSON.stringify({ halted: halt })],
    ['cannot be understood', '{"halted": "yes"'],
  ])('halts the run where its file %s', async (_what, content) => {
    await throwSwitch(content);
    const { summary, exitCode, outFolder } = await trade();
    expectSummary(summary);
    expect(exitCode).toBe(1);
    expect(summary).toMatchObject({ status: 'halted', scored: 245, decided: 0, spent: '0.00' });
    expect(await market.log()).toEqual({ orders: [], requests: [] });
    const reasons = (await readDecisions(outFolder)).map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason === 'kill-switch')).toHaveLength(40);
    expect((await readOnlyRun(summary)).finished).toMatchObject({ status: 'halted' });
  });

  it('is thrown and lifted by a command', async () => {
    const command = (name: string) =>
      runCommand([name, '--state', stateFolder, '--why', 'odd prices']);
    expect(await command('halt')).toMatchObject({ exitCode: 0 });
    const halted = await tradeBy(runEmbedded)();
    expect(halted.summary).toMatchObject({ status: 'halted', decided: 0, error: null });
    expect(await market.log()).toEqual({ orders: [], requests: [] });
    expect(await command('resume')).toMatchObject({ exitCode: 0 });
    const resumed = await tradeBy(runEmbedded)(['--slot', '2026-01-06T15:25:03Z']);
    expect(resumed.summary).toMatchObject({ status: 'traded', bought: 40 });
  });

  it('halts the run where the configuration says so', async () => {
    const { summary } = await trade([], { MISPRICED__KILL_SWITCH: 'true' });
    expect(summary).toMatchObject({ status: 'halted', decided: 0 });
  });

  it('lets the run trade where it was lifted', async () => {
    await throwSwitch(JSON.stringify({ halted: null, resumed: halt }));
    expect((await trade()).summary).toMatchObject({ status: 'traded', bought: 40 });
  });
});

if (provesAll) {
  it('a run whose process is killed is finished by the next start, and nothing is bought twice', async () => {
    // The second batch is taken at once, and the process dies while it waits for the answer.
    await market.disturb({
      route: 'POST /orders',
      fault: 'slow',
      delayMilliseconds: 60_000,
      after: 1,
    });
    const args = [
      ...['run', '--json', '--slot', slot, '--mode', 'live', '--market-url', market.url],
      ...['--stack', 'local', '--model', demoModelFolder, '--out', join(stateFolder, 'out')],
    ];
    const first = spawnProgram(args, {
      ...(await settingsOverFiles(stateFolder)),
      ...market.environment,
    });
    await expect
      .poll(async () => (await market.log()).requests.length, { timeout: 60_000, interval: 50 })
      .toBe(2);
    first.process.kill('SIGKILL');
    await first.end;

    const second = await trade();
    expect(second.summary).toMatchObject({ status: 'traded', bought: 40, spent: '1000.00' });
    const { orders, finished } = await readOnlyRun(second.summary);
    const types = (await readLedger(second.summary)).map(({ type }) => type);
    expect(types.filter((type) => type === 'run-started')).toHaveLength(2);
    expect(finished).toMatchObject({ status: 'traded', spent: '1000.00' });
    const sources = Map.groupBy(orders, ({ result }) => result?.source);
    expect(sources.get('read-back')).toHaveLength(10);
    expect(sources.get('answer')).toHaveLength(30);
    const log = await market.log();
    expect(log.orders).toHaveLength(40);
    expect(new Set(log.orders.map(({ loanId }) => loanId)).size).toBe(40);
    expect(log.requests).toHaveLength(4);
  });
}

describe('`npm start`', () => {
  it('trades once on this machine alone, in less than 30 seconds, and says what it did', async () => {
    const manifest = JSON.parse(
      await readFile(new URL('../../../package.json', import.meta.url), 'utf8'),
    ) as { scripts: { start: string } };
    const [program, ...words] = manifest.scripts.start.split(' ');
    expect(program).toBe('mispriced');
    const outFolder = join(stateFolder, 'out');
    const began = performance.now();
    const { exitCode, stdout, stderr } = await spawnProgram([...words, '--out', outFolder]).end;
    const seconds = (performance.now() - began) / 1000;
    expect(exitCode, stderr).toBe(0);
    expect(seconds).toBeLessThan(30);

    expect(stdout).toMatch(/listing +price +r +q +edge +decision +amount +reason/);
    expect(stdout).toMatch(/buy +25\.00 +edge-beyond-threshold/);
    expect(stdout).toMatch(/skip +edge-within-threshold/);
    expect(stdout).toMatch(/status +traded/);
    for (const place of ['report', 'decisions', 'ledger']) {
      const path = new RegExp(`^${place} +(/.*)$`, 'm').exec(stdout)?.[1] ?? '';
      expect((await readFile(path, 'utf8')).length).toBeGreaterThan(100);
    }
    expect(stdout.split('Next:')[1]?.trim().split('\n')).toHaveLength(3);
    expect(stderr).toMatch(/lists 250\n/);
  });
});
