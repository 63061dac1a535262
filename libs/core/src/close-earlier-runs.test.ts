import { describe, expect, it } from 'vitest';
import {
  parseMoney,
  type LedgerEntry,
  type OrderOutcome,
  type PlacedOrder,
  type TradingMode,
} from './domain/index.ts';
import { readRuns } from './ledger/index.ts';
import { settleEarlierRuns } from './settle-earlier-runs.ts';
import { inventedVenue, newAccount } from './test/invented-venue.ts';

const at = '2026-01-05T15:25:03.000Z';
const today = 'lending-20260105T152503Z';
const yesterday = 'lending-20260104T152503Z';

const started = (runId: string): LedgerEntry => ({
  type: 'run-started',
  at,
  runId,
  slot: at,
  stage: 'local',
  mode: 'live',
});
const intended = (runId: string, id: string, mode: TradingMode = 'live'): LedgerEntry => ({
  type: 'order-intended',
  at,
  runId,
  orderId: `${runId}/${id}`,
  venue: 'invented',
  listingId: id,
  group: '36',
  side: 'buy',
  amount: '25.00',
  mode,
});
const ended = (runId: string, id: string, outcome: OrderOutcome): LedgerEntry => ({
  type: 'order-result',
  at,
  runId,
  orderId: `${runId}/${id}`,
  listingId: id,
  outcome,
  filled: outcome === 'filled' ? '25.00' : '0.00',
  venueOrderId: null,
  venueStatuses: [],
  source: 'answer',
});
const finished = (runId: string): LedgerEntry => ({
  type: 'run-finished',
  at,
  runId,
  status: 'partial',
  spent: '0.00',
  errorCode: null,
});
const holding = (listingId: string, filled: string): PlacedOrder => ({
  listingId,
  filled: parseMoney(filled),
  venueOrderId: `venue-${listingId}`,
});

async function settle(entries: readonly LedgerEntry[], holdings: readonly PlacedOrder[] = []) {
  const recorded: LedgerEntry[] = [];
  const waited: number[] = [];
  let isAsked = false;
  const account = newAccount();
  account.holdings.push(...holdings);
  const venue = inventedVenue({ listings: [], account });
  await settleEarlierRuns({
    venue: {
      ...venue,
      findOrders: () => {
        isAsked = true;
        return venue.findOrders();
      },
    },
    settleAfterSeconds: 30,
    now: () => new Date('2026-01-05T15:25:13.000Z'),
    sleep: (milliseconds) => {
      waited.push(milliseconds);
      return Promise.resolve();
    },
    runId: today,
    runs: readRuns(entries),
    record: (...more) => {
      recorded.push(...more);
      return Promise.resolve();
    },
  });
  return { recorded, waited, isAsked };
}

describe('settleEarlierRuns', () => {
  it('asks the venue nothing where nothing is open', async () => {
    const entries = [
      started(yesterday),
      intended(yesterday, '1'),
      ended(yesterday, '1', 'filled'),
      finished(yesterday),
    ];
    expect(await settle(entries)).toEqual({ recorded: [], waited: [], isAsked: false });
    expect(await settle([])).toEqual({ recorded: [], waited: [], isAsked: false });
  });

  it('looks up orders without a result and orders of unknown fate, and ends the run', async () => {
    const entries = [
      started(yesterday),
      ...['1', '2', '3', '4'].map((id) => intended(yesterday, id)),
      ended(yesterday, '1', 'unknown'),
      ended(yesterday, '4', 'filled'),
    ];
    const { recorded, waited } = await settle(entries, [holding('1', '25.00'), holding('2', '10')]);
    expect(waited).toEqual([20_000]);
    expect(recorded).toMatchObject([
      { listingId: '1', outcome: 'filled', filled: '25.00', venueOrderId: 'venue-1' },
      { listingId: '2', outcome: 'partly-filled', filled: '10.00', source: 'read-back' },
      { listingId: '3', outcome: 'refused', filled: '0.00', source: 'read-back' },
      {
        type: 'run-finished',
        runId: yesterday,
        status: 'partial',
        spent: '60.00',
        errorCode: 'RUN_INTERRUPTED',
      },
    ]);
  });

  it('settles open orders of a run that has ended, and ends it anew with what it spent', async () => {
    const entries = [
      started(yesterday),
      intended(yesterday, '1'),
      ended(yesterday, '1', 'unknown'),
      finished(yesterday),
    ];
    const { recorded } = await settle(entries, [holding('1', '25.00')]);
    expect(recorded).toMatchObject([
      { type: 'order-result', outcome: 'filled' },
      { type: 'run-finished', status: 'partial', spent: '25.00', errorCode: null },
    ]);
  });

  it('leaves the end of this very run to itself', async () => {
    const { recorded } = await settle([started(today), intended(today, '1')]);
    expect(recorded).toMatchObject([{ type: 'order-result', outcome: 'refused' }]);
  });

  it('takes orders on paper for never sent, without asking the venue', async () => {
    const entries = [started(yesterday), intended(yesterday, '1', 'paper')];
    const { recorded, isAsked } = await settle(entries, [holding('1', '25.00')]);
    expect(isAsked).toBe(false);
    expect(recorded).toMatchObject([
      { outcome: 'refused', filled: '0.00', source: 'paper' },
      { type: 'run-finished', spent: '0.00' },
    ]);
  });
});
