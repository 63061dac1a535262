import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, type CommandEnd } from './support/run-command.ts';
import { newFolder, readOnlyRun, runOverFiles, type RunEnd } from './support/run-once.ts';
import { craftedOrderId, craftFirstLedger } from './support/state-of-books.ts';
import { startTestMarket, type TestMarket } from './support/test-market.ts';

let market: TestMarket;
let traded: RunEnd;

beforeAll(async () => {
  market = await startTestMarket();
  await market.disturb({ route: 'POST /orders', fault: 'partial-fill', count: 1 });
  traded = await trade(await newFolder());
});

afterAll(async () => {
  await market.close();
});

/** A live run of two orders of 75 dollars. */
function trade(stateFolder: string): Promise<RunEnd> {
  const limits = { MISPRICED__LIMITS__PER_ORDER: '75', MISPRICED__LIMITS__PER_RUN: '150' };
  const environment = { ...market.environment, ...limits };
  return runOverFiles(['--mode', 'live', '--market-url', market.url], { environment, stateFolder });
}

function ledger(stateFolder: string, ...words: readonly string[]): Promise<CommandEnd> {
  const environment = {
    ...market.environment,
    MISPRICED__STORAGE__PATH: stateFolder,
    MISPRICED__VENUE__URL: market.url,
  };
  return runCommand(['ledger', ...words, '--stack', 'local', '--json'], { environment });
}

describe('`ledger verify`', () => {
  it('counts what is whole, of live books and of those on paper', async () => {
    const live = await ledger(traded.stateFolder, 'verify');
    expect(live.exitCode).toBe(0);
    const text = await readFile(traded.summary.ledger ?? 'none', 'utf8');
    const lines = text.trim().split('\n').length;
    expect(JSON.parse(live.stdout)).toEqual({ account: 'main', lines, runs: 1, orders: 2 });
    const paper = await ledger(traded.stateFolder, 'verify', '--mode', 'paper');
    expect(JSON.parse(paper.stdout)).toEqual({
      account: 'paper-main',
      lines: 0,
      runs: 0,
      orders: 0,
    });
  });

  it.each([
    ['changed', (line: string) => [line.replace('"75.00"', '"25.00"')], /it was changed/],
    ['taken out', () => [], /it does not follow the line before it/],
    ['cut off', (line: string) => [line.slice(0, 40)], /cannot be trusted/],
  ])('names file and line where a line was %s', async (_what, change, message) => {
    const stateFolder = await newFolder();
    await cp(traded.stateFolder, stateFolder, { recursive: true });
    const path = join(stateFolder, 'ledger', 'main', '2026-01.jsonl');
    const lines = (await readFile(path, 'utf8')).split('\n');
    const index = lines.findIndex((line) => line.includes('"order-intended"'));
    const changed = lines.toSpliced(index, 1, ...change(lines[index] ?? ''));
    expect(changed).not.toEqual(lines);
    await writeFile(path, changed.join('\n'));
    const end = await ledger(stateFolder, 'verify');
    expect(end.exitCode).toBe(1);
    const { error } = JSON.parse(end.stdout) as { error: { code: string; message: string } };
    expect(error.code).toBe('LEDGER_CORRUPT');
    expect(error.message).toContain(path);
    expect(error.message).toMatch(new RegExp(`^Line ${index + 1} of`));
    expect(error.message).toMatch(message);
  });
});

describe('`ledger export`', () => {
  it('writes every order into CSV and Parquet, as exact as the ledger has it', async () => {
    const folder = await newFolder();
    const files = { csv: join(folder, 'orders.csv'), parquet: join(folder, 'orders.parquet') };
    const words = ['--csv', files.csv, '--parquet', files.parquet];
    const end = await ledger(traded.stateFolder, 'export', ...words);
    expect(end.exitCode).toBe(0);
    expect(JSON.parse(end.stdout)).toEqual({
      account: 'main',
      orders: 2,
      files: [files.csv, files.parquet],
    });

    const { started, orders } = await readOnlyRun(traded.summary);
    const expected = orders.map(({ intent, result }) => ({
      slot: started.slot,
      runId: started.runId,
      stage: 'local',
      mode: 'live',
      account: 'main',
      venue: 'lendingclub',
      orderId: intent.orderId,
      listingId: intent.listingId,
      group: intent.group,
      intendedAt: intent.at,
      amount: '75.00',
      outcome: 'partly-filled',
      // Half, down to the market's own step.
      filled: '25.00',
      units: null,
      fees: null,
      venueOrderId: result?.venueOrderId ?? 'none',
      source: 'answer',
      resultAt: result?.at ?? 'none',
    }));
    expect(expected).toHaveLength(2);
    const rows = parse(await readFile(files.csv), { columns: true });
    expect(rows).toEqual(expected.map((row) => ({ ...row, units: '', fees: '' })));
    const { buffer, byteOffset, byteLength } = await readFile(files.parquet);
    const file = buffer.slice(byteOffset, byteOffset + byteLength);
    expect(await parquetReadObjects({ file })).toEqual(expected);
  });

  it('asks for a file', async () => {
    const end = await ledger(traded.stateFolder, 'export');
    expect(end).toMatchObject({ exitCode: 2 });
    expect(end.stderr + end.stdout).toContain('name a file with --csv or --parquet');
  });
});

describe('`ledger migrate`', () => {
  it('carries the first layout over, and until then no run begins', async () => {
    const stateFolder = await newFolder();
    const old = await craftFirstLedger(stateFolder, [{ listingId: '7', outcome: 'refused' }]);
    const before = await readFile(old);
    const asked = await market.log();
    const refused = await trade(stateFolder);
    expect(refused).toMatchObject({
      exitCode: 1,
      summary: { status: 'failed', spent: '0.00', error: { code: 'LEDGER_OUTDATED' } },
    });
    expect(await market.log()).toEqual(asked);
    const unread = await ledger(stateFolder, 'verify');
    expect([unread.exitCode, unread.stdout + unread.stderr]).toEqual([
      1,
      expect.stringContaining('LEDGER_OUTDATED') as string,
    ]);

    const written = [{ path: 'main/2026-01.jsonl', lines: 4 }];
    const plan = {
      account: 'main',
      read: ['mispriced/2026-01.jsonl'],
      written,
      halted: false,
    };
    const planned = await ledger(stateFolder, 'migrate', '--dry-run');
    expect(JSON.parse(planned.stdout)).toEqual({ ...plan, dryRun: true });
    expect(await readdir(join(stateFolder, 'ledger'))).toEqual(['mispriced']);
    expect(await readdir(dirname(old))).toEqual(['2026-01.jsonl']);

    const migrated = await ledger(stateFolder, 'migrate');
    expect(migrated.exitCode).toBe(0);
    expect(JSON.parse(migrated.stdout)).toEqual({ ...plan, dryRun: false });
    expect(await readFile(old)).toEqual(before);
    const verified = await ledger(stateFolder, 'verify');
    expect(JSON.parse(verified.stdout)).toEqual({ account: 'main', lines: 4, runs: 1, orders: 1 });
    const books = await readFile(join(stateFolder, 'ledger', 'main', '2026-01.jsonl'), 'utf8');
    expect(books).toContain(craftedOrderId('7'));

    const again = await ledger(stateFolder, 'migrate');
    expect(JSON.parse(again.stdout)).toMatchObject({ read: [], written: [] });
    const slotOfThen = await runOverFiles(
      ['--mode', 'live', '--market-url', market.url, '--slot', '2026-01-02T15:25:03Z'],
      { environment: market.environment, stateFolder },
    );
    expect(slotOfThen).toMatchObject({ exitCode: 0, summary: { status: 'skipped', error: null } });
    expect(await market.log()).toEqual(asked);
  });
});
