import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney } from '../domain/index.ts';
import { committedMoney, readRuns } from '../ledger/index.ts';
import { createFileObjectStore } from './file/file-object-store.ts';
import { migrateFirstLedger, refuseFirstLedger } from './first-ledger.ts';
import { createKillSwitch } from './kill-switch.ts';
import { createLedgerStore } from './ledger-store.ts';

const run = 'mispriced-20260131T152503Z';
const paper = 'mispriced-20260130T152503Z';
const at = '2026-01-31T15:25:03.000Z';

const started = (runId: string, mode: 'live' | 'paper', slot: string) => ({
  type: 'run-started',
  at,
  runId,
  slot,
  stage: 'prod',
  mode,
});
const intended = (runId: string, listingId: string, mode: 'live' | 'paper', amount = '25.00') => ({
  type: 'order-intended',
  at,
  runId,
  orderId: `old-${runId}-${listingId}`,
  venue: 'lendingclub',
  listingId,
  group: '36',
  side: 'buy',
  amount,
  mode,
});
const result = (runId: string, listingId: string, outcome: string, source = 'answer') => ({
  type: 'order-result',
  at,
  runId,
  orderId: `old-${runId}-${listingId}`,
  listingId,
  outcome,
  source,
  filled: outcome === 'filled' ? '25.00' : '0.00',
  venueOrderId: null,
  venueStatuses: [],
});

async function newStore(files: Readonly<Record<string, readonly object[] | string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'first-ledger-'));
  const objects = createFileObjectStore({
    folder,
    now: () => new Date(),
    sleep: () => Promise.resolve(),
  });
  for (const [path, content] of Object.entries(files)) {
    const text =
      typeof content === 'string'
        ? content
        : content.map((line) => `${JSON.stringify(line)}\n`).join('');
    await objects.write('ledger', path, new TextEncoder().encode(text), 'any');
  }
  const declaration = { roundsUpTo: parseMoney('25.00') };
  const given = { objects, account: 'main', declaration, check: readRuns, at: new Date(at) };
  return { objects, folder, migrate: (dryRun = false) => migrateFirstLedger({ ...given, dryRun }) };
}

const usual = {
  'mispriced/2026-01.jsonl': [
    started(paper, 'paper', '2026-01-30T15:25:03.000Z'),
    intended(paper, '9', 'paper'),
    result(paper, '9', 'filled', 'paper'),
    started(run, 'live', '2026-01-31T15:25:03.000Z'),
    ...['1', '2', '3'].map((id) => intended(run, id, 'live')),
    result(run, '1', 'filled'),
  ],
  // The clock had passed the end of the month by then.
  'mispriced/2026-02.jsonl': [
    result(run, '2', 'refused', 'read-back'),
    { type: 'run-finished', at, runId: run, status: 'partial', spent: '25.00', errorCode: null },
  ],
  'mispriced/kill-switch.json': JSON.stringify(
    { halted: { why: 'odd prices', by: 'ann', at } },
    null,
    2,
  ),
};

describe('a ledger of the first layout', () => {
  it('keeps a run from beginning, until it is migrated', async () => {
    const { objects, migrate } = await newStore(usual);
    await expect(refuseFirstLedger(objects)).rejects.toMatchObject({
      code: 'LEDGER_OUTDATED',
    });
    await migrate();
    await expect(refuseFirstLedger(objects)).resolves.toBeUndefined();
  });

  it('is carried over line by line, each to the month of its slot, with the ids that it had', async () => {
    const { objects, migrate } = await newStore(usual);
    expect(await migrate()).toEqual({
      read: ['mispriced/2026-01.jsonl', 'mispriced/2026-02.jsonl'],
      written: [
        { path: 'paper-main/2026-01.jsonl', lines: 3 },
        { path: 'main/2026-01.jsonl', lines: 7 },
      ],
      halted: true,
    });
    const [live] = readRuns(await createLedgerStore({ objects, account: 'main' }).read());
    expect(live?.started).toMatchObject({ runId: run, epoch: 0 });
    expect(live?.finished).toMatchObject({ status: 'partial', spent: '25.00' });
    expect(live?.orders.map(({ intent, result: end }) => [intent.orderId, end?.outcome])).toEqual([
      [`old-${run}-1`, 'filled'],
      [`old-${run}-2`, 'refused'],
      [`old-${run}-3`, undefined],
    ]);
    const books = createLedgerStore({ objects, account: 'paper-main' });
    expect(readRuns(await books.read()).map(({ started: { runId } }) => runId)).toEqual([paper]);
    expect(await createKillSwitch({ objects, account: 'main' }).read()).toMatchObject({
      why: 'odd prices',
    });
    expect(await objects.read('ledger', 'mispriced/2026-01.jsonl')).not.toBeNull();
  });

  it('is also a kill switch that is on, of a strategy that never ran', async () => {
    const halt = usual['mispriced/kill-switch.json'];
    const { objects, migrate } = await newStore({ 'mispriced/kill-switch.json': halt });
    await expect(refuseFirstLedger(objects)).rejects.toMatchObject({
      code: 'LEDGER_OUTDATED',
    });
    expect(await migrate()).toEqual({ read: [], written: [], halted: true });
    await expect(refuseFirstLedger(objects)).resolves.toBeUndefined();
    expect(await createKillSwitch({ objects, account: 'main' }).read()).not.toBeNull();
  });

  it('is found whatever its strategy was called, and all of them are carried over', async () => {
    const other = 'older-20260129T152503Z';
    const { objects, folder, migrate } = await newStore({
      ...usual,
      'older/2026-01.jsonl': [
        started(other, 'live', '2026-01-29T15:25:03.000Z'),
        intended(other, '7', 'live'),
      ],
    });
    await expect(refuseFirstLedger(objects)).rejects.toMatchObject({
      message: expect.stringContaining('older/2026-01.jsonl') as string,
    });
    await migrate();
    // Cut off between two notes, it is taken up.
    await rm(join(folder, 'ledger/older/migrated.json'));
    await expect(refuseFirstLedger(objects)).rejects.toMatchObject({ code: 'LEDGER_OUTDATED' });
    await migrate();
    await expect(refuseFirstLedger(objects)).resolves.toBeUndefined();
    const runs = readRuns(await createLedgerStore({ objects, account: 'main' }).read());
    expect(runs.map(({ started: { runId } }) => runId).sort()).toEqual([run, other].sort());
  });

  it('reserves what the venue may round an order up to', async () => {
    const { objects, migrate } = await newStore({
      'mispriced/2026-01.jsonl': [
        started(run, 'live', at),
        intended(run, '1', 'live', '30.00'),
        { ...result(run, '1', 'rounded'), filled: '50.00' },
        intended(run, '2', 'live', '30.00'),
      ],
    });
    await migrate();
    const runs = readRuns(await createLedgerStore({ objects, account: 'main' }).read());
    const orders = runs.flatMap((each) => each.orders);
    expect(orders.map(({ intent }) => intent.reserved)).toEqual(['50.00', '50.00']);
    expect(orders.map((order) => formatMoney(committedMoney(order)))).toEqual(['50.00', '50.00']);
  });

  it('is written to afterwards as any other', async () => {
    const { objects, migrate } = await newStore(usual);
    await migrate();
    const ledger = createLedgerStore({ objects, account: 'main' });
    const slot = new Date('2026-01-31T23:00:00Z');
    await ledger.beginEpoch({ runId: 'next', slot, at: slot, holder: 'one' });
    expect((await ledger.read()).at(-1)).toMatchObject({ type: 'lease-taken', epoch: 1 });
  });

  it('is only looked at where that is asked for', async () => {
    const { objects, migrate } = await newStore(usual);
    expect((await migrate(true)).written).toHaveLength(2);
    expect(await objects.list('ledger', 'main/')).toEqual([]);
  });

  it.each([
    ['line 2', [started(run, 'live', at), { type: 'nonsense' }]],
    ['never began', [intended(run, '1', 'live')]],
    ['does not fit', [started(run, 'live', at), result(run, '1', 'filled')]],
  ])('that cannot be carried over whole is left as it is: %s', async (problem, lines) => {
    const { objects, migrate } = await newStore({ 'mispriced/2026-01.jsonl': lines });
    await expect(migrate()).rejects.toMatchObject({
      code: 'LEDGER_CORRUPT',
      message: expect.stringContaining(problem) as string,
    });
    expect(await objects.list('ledger', 'main/')).toEqual([]);
  });

  it('is not mixed with lines that the account has already', async () => {
    const { objects, migrate } = await newStore(usual);
    const slot = new Date(at);
    const ledger = createLedgerStore({ objects, account: 'main' });
    await ledger.beginEpoch({ runId: 'new', slot, at: slot, holder: 'one' });
    await expect(migrate()).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    await expect(refuseFirstLedger(objects)).rejects.toMatchObject({
      code: 'LEDGER_OUTDATED',
    });
  });
});
