import { describe, expect, it } from 'vitest';
import { checkHistory } from '../checker/check-history.ts';
import type { HistoryPlan } from '../history/history-plan.ts';
import { playHistory } from '../play/play-history.ts';
import { frozenBeforeOrder, killedAfterOrder, plannedHistory, plannedRun } from './seen-plan.ts';

const nextDay = { afterMilliseconds: 86_400_000, slot: '2010-12-16T15:25:03.000Z' };

/** Plays a history in which every promise must hold; how its runs ended, and what was booked. */
async function playWell(plan: HistoryPlan) {
  const history = await playHistory(plan);
  expect(checkHistory(history).violations).toEqual([]);
  const ends = history.runs.map(({ outcome }) =>
    outcome.kind === 'ended'
      ? `${outcome.summary.status} ${outcome.summary.spent} ${outcome.summary.error?.code ?? ''}`.trim()
      : outcome.kind,
  );
  const notes = history.markets.get('main')?.notes ?? [];
  const booked = notes.reduce((sum, { amount }) => sum + amount.toNumber(), 0);
  return { history, ends, booked, breaches: checkHistory(history).breaches };
}

describe('the histories that lost money', () => {
  it('1: a host freezes for 20 s before its request while another takes over', async () => {
    const { ends, booked } = await playWell(
      plannedHistory({
        runs: [
          plannedRun({ interruptions: [frozenBeforeOrder(20)] }),
          plannedRun({ host: 'second', afterMilliseconds: 8000 }),
          plannedRun({ host: 'third', ...nextDay }),
        ],
      }),
    );
    expect(booked).toBeLessThanOrEqual(200);
    expect(ends[1]).toContain('partial');
  });

  it('1: a market that takes one request a second is asked no more often', async () => {
    const { history, ends, booked } = await playWell(
      plannedHistory({ runs: [plannedRun({ batchSize: 1 })] }),
    );
    expect(history.markets.get('main')?.requests.map(({ answer }) => answer?.kind)).not.toContain(
      'over-pace',
    );
    expect([ends, booked]).toEqual([['traded 100.00'], 100]);
  });

  it('2: a market books 31 s after it was asked, and nobody is there to hear it', async () => {
    const { ends, booked, breaches } = await playWell(
      plannedHistory({
        conduct: {
          kind: 'written',
          orders: [{ answer: 'silence', booking: 'late-within', lateness: 0.01 }, {}],
          fill: {},
          read: {},
        },
        runs: [
          plannedRun(),
          plannedRun({ host: 'again', afterMilliseconds: 400_000 }),
          plannedRun({ host: 'next', ...nextDay }),
        ],
      }),
    );
    expect(breaches).toEqual([]);
    expect(ends).toEqual(['traded 100.00', 'skipped 0.00', 'traded 100.00']);
    expect(booked).toBe(200);
  });

  it('2: the same, and the run is killed and resumed before it is booked', async () => {
    const { ends, booked, breaches } = await playWell(
      plannedHistory({
        conduct: {
          kind: 'written',
          orders: [{ answer: 'silence', booking: 'late-within', lateness: 0.9 }, {}],
          fill: {},
          read: {},
        },
        runs: [
          plannedRun({
            interruptions: [killedAfterOrder],
          }),
          plannedRun({ host: 'again', afterMilliseconds: 60_000 }),
          plannedRun({ host: 'next', ...nextDay }),
        ],
      }),
    );
    expect(breaches).toEqual([]);
    expect(ends[0]).toBe('killed');
    expect(ends[1]).toBe('partial 0.00 ORDER_UNKNOWN');
    expect(booked).toBe(200);
  });

  it('3: a clock steps back over midnight of the first', async () => {
    const slot = '2011-01-01T00:00:00.000Z';
    const { history, ends, booked } = await playWell(
      plannedHistory({
        startsAt: slot,
        runs: [
          plannedRun({
            slot,
            interruptions: [
              {
                effect: 'market POST',
                occurrence: 1,
                moment: 'after',
                interruption: { kind: 'step-clock', milliseconds: -60_000 },
              },
            ],
          }),
          plannedRun({ host: 'again', slot, afterMilliseconds: 60_000 }),
        ],
      }),
    );
    expect([ends, booked]).toEqual([['traded 100.00', 'skipped 0.00'], 100]);
    expect(history.ledger.get('main/2011-01.jsonl')).toContain('order-intended');
  });

  it('4: paper and another account settle nothing of this one', async () => {
    const { ends, booked } = await playWell(
      plannedHistory({
        conduct: {
          kind: 'written',
          orders: [{ answer: 'silence', booking: 'late-within', lateness: 1 }],
          fill: {},
          read: {},
        },
        runs: [
          plannedRun({
            interruptions: [killedAfterOrder],
          }),
          plannedRun({ host: 'paper', mode: 'paper', afterMilliseconds: 40_000 }),
          plannedRun({ host: 'other', account: 'second', afterMilliseconds: 41_000 }),
        ],
      }),
    );
    expect(ends[0]).toBe('killed');
    expect(ends[1]).toBe('traded 100.00');
    expect(booked).toBe(100);
  });

  it('5: a renamed strategy is halted, and runs no slot twice', async () => {
    const { ends, booked } = await playWell(
      plannedHistory({
        runs: [
          plannedRun(),
          plannedRun({ host: 'renamed', strategy: 'other', afterMilliseconds: 120_000 }),
          plannedRun({ host: 'next', strategy: 'other', ...nextDay }),
        ],
        operations: [{ host: 'person', afterMilliseconds: 300_000, deed: 'halt', account: 'main' }],
      }),
    );
    expect(ends).toEqual(['traded 100.00', 'skipped 0.00', 'halted 0.00']);
    expect(booked).toBe(100);
  });

  it.each(['redirect', 'too-many'] as const)('6: an order channel answers %s', async (answer) => {
    const { ends, booked, history } = await playWell(
      plannedHistory({
        conduct: {
          kind: 'written',
          orders: [{ answer, booking: 'never' }],
          fill: {},
          read: {},
        },
        runs: [plannedRun({ batchSize: 2 })],
      }),
    );
    expect(ends[0]).toMatch(/^(failed|partial) 0\.00 VENUE_/);
    expect(history.sent).toHaveLength(1);
    expect(booked).toBe(0);
  });

  it('7: a page of a firewall says 403 after the market has booked', async () => {
    const { ends, booked } = await playWell(
      plannedHistory({
        conduct: {
          kind: 'written',
          orders: [{ answer: 'forbidden-page', booking: 'at-once' }],
          fill: {},
          read: {},
        },
      }),
    );
    expect([ends, booked]).toEqual([['partial 100.00 VENUE_REFUSED'], 100]);
  });

  it('8: a market rounds up within what it declares', async () => {
    const limits = { ...plannedRun().limits, perOrder: '60.00', step: '5.00' };
    const { booked, breaches } = await playWell(
      plannedHistory({
        conduct: {
          kind: 'written',
          orders: [{}],
          fill: { fill: 'rounded-up', extent: 1 },
          read: {},
        },
        runs: [
          plannedRun({ limits }),
          plannedRun({
            host: 'same-day',
            limits,
            afterMilliseconds: 3_600_000,
            slot: '2010-12-15T16:25:03.000Z',
          }),
        ],
      }),
    );
    expect([booked, breaches]).toEqual([100, []]);
  });

  it('8: a market fills more than it declares, and the run halts after that batch', async () => {
    const { history, ends, breaches } = await playWell(
      plannedHistory({
        conduct: {
          kind: 'written',
          orders: [{}],
          fill: { fill: 'rounded-up-beyond', extent: 0 },
          read: {},
        },
        runs: [plannedRun({ batchSize: 1 })],
      }),
    );
    expect(breaches).toHaveLength(1);
    expect(ends).toEqual(['halted 25.01 VENUE_OVERFILLED']);
    expect(history.sent).toHaveLength(1);
  });

  it('9: a clock that was a month ahead makes nobody wait', async () => {
    const { history, ends, booked } = await playWell(
      plannedHistory({
        runs: [
          plannedRun({
            wallOffsetMilliseconds: 30 * 86_400_000,
            interruptions: [killedAfterOrder],
          }),
          plannedRun({ host: 'second', afterMilliseconds: 30_000 }),
        ],
      }),
    );
    expect(ends).toEqual(['killed', 'traded 100.00']);
    expect(booked).toBe(100);
    const ended = history.trace.findLast(({ host, what }) => host === 'second' && what === 'ended');
    expect(ended?.atMilliseconds).toBeLessThan(Date.parse('2010-12-15T15:35:00Z'));
  });
});
