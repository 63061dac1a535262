import { describe, expect, it } from 'vitest';
import { formatMoney, type LedgerEntry } from '../domain/index.ts';
import {
  committedMoney,
  filledMoney,
  heldListings,
  isUnsettled,
  readRuns,
  spentByGroup,
} from './ledger-state.ts';

const at = '2026-01-31T15:25:03.000Z';
const started = (runId: string): LedgerEntry => ({
  type: 'run-started',
  at,
  runId,
  slot: at,
  stage: 'local',
  mode: 'live',
});
const intended = (
  runId: string,
  id: string,
  amount = '25.00',
  group = '36',
  venue = 'lendingclub',
): LedgerEntry => ({
  type: 'order-intended',
  at,
  runId,
  orderId: `order-${id}`,
  venue,
  listingId: id,
  group,
  side: 'buy',
  amount,
  mode: 'live',
});
const result = (
  runId: string,
  id: string,
  outcome: 'filled' | 'refused' | 'unknown',
  filled: string,
): LedgerEntry => ({
  type: 'order-result',
  at,
  runId,
  orderId: `order-${id}`,
  listingId: id,
  outcome,
  filled,
  venueOrderId: null,
  venueStatuses: [],
  source: 'answer',
});
const finished = (runId: string): LedgerEntry => ({
  type: 'run-finished',
  at,
  runId,
  status: 'traded',
  spent: '25.00',
  errorCode: null,
});

describe('readRuns', () => {
  it('puts a resumed run together from its parts', () => {
    const runs = readRuns([
      started('a'),
      intended('a', '1'),
      finished('a'),
      started('b'),
      started('a'),
      result('a', '1', 'unknown', '0.00'),
      result('a', '1', 'filled', '25.00'),
    ]);
    expect(runs.map((run) => run.started.runId)).toEqual(['a', 'b']);
    expect(runs[0]?.finished).toBeNull();
    expect(runs[0]?.orders[0]?.result?.outcome).toBe('filled');
  });

  it('passes over lines of a run that never began', () => {
    expect(readRuns([intended('a', '1'), result('a', '1', 'filled', '1.00')])).toEqual([]);
  });
});

describe('what a run has used', () => {
  const runs = readRuns([
    started('a'),
    intended('a', '1', '25.00', '36'),
    intended('a', '2', '50.00', '60'),
    intended('a', '3', '75.00', '60'),
    intended('a', '4', '25.00', '60'),
    result('a', '1', 'filled', '25.00'),
    result('a', '2', 'unknown', '0.00'),
    result('a', '4', 'refused', '0.00'),
    started('b'),
    intended('b', '5'),
    result('b', '5', 'filled', '25.00'),
  ]);
  const orders = runs[0]?.orders ?? [];

  it('counts an order whose fate is unknown in full', () => {
    expect(orders.map(isUnsettled)).toEqual([false, true, true, false]);
    expect(orders.map((order) => formatMoney(committedMoney(order)))).toEqual([
      '25.00',
      '50.00',
      '75.00',
      '0.00',
    ]);
    expect(formatMoney(filledMoney(orders))).toBe('25.00');
    const spent = spentByGroup(runs, 'a');
    expect([...spent].map(([group, money]) => [group, formatMoney(money)])).toEqual([
      ['36', '25.00'],
      ['60', '125.00'],
    ]);
  });

  it('holds what any run bought, and never orders twice in the same run', () => {
    expect([...heldListings(runs, { mode: 'live', runId: 'a' })]).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
    expect([...heldListings(runs, { mode: 'live', runId: 'c' })]).toEqual(['1', '2', '3', '5']);
    expect([...heldListings(runs, { mode: 'paper', runId: 'c' })]).toEqual([]);
  });

  it('holds nothing that another replay bought', () => {
    const replays = readRuns([
      started('a'),
      intended('a', '1', '25.00', '36', 'replay'),
      result('a', '1', 'filled', '25.00'),
    ]);
    expect([...heldListings(replays, { mode: 'live', runId: 'b' })]).toEqual([]);
    expect([...heldListings(replays, { mode: 'live', runId: 'a' })]).toEqual(['1']);
  });
});
