import { describe, expect, it } from 'vitest';
import { formatMoney } from '../domain/index.ts';
import {
  absentLine,
  finishedLine as finished,
  intendedLine,
  resultLine as result,
  startedLine as started,
} from '../test/ledger-lines.ts';
import {
  committedMoney,
  filledMoney,
  heldListings,
  isUnsettled,
  readRuns,
  spentAround,
  spentByGroup,
} from './ledger-state.ts';

describe('readRuns', () => {
  it('puts a resumed run together from its parts', () => {
    const runs = readRuns([
      started('a'),
      intendedLine('a', '1'),
      finished('a'),
      started('b'),
      started('a'),
      result('a', '1', 'unknown'),
      result('a', '1', 'filled', { source: 'read-back' }),
    ]);
    expect(runs.map((run) => run.started.runId)).toEqual(['a', 'b']);
    expect(runs[0]?.finished).toBeNull();
    expect(runs[0]?.orders[0]?.result?.outcome).toBe('filled');
  });

  it.each([
    ['its run never began', [intendedLine('a', '1')]],
    ['its run never began', [finished('a')]],
    ['the order was meant before', [started('a'), intendedLine('a', '1'), intendedLine('a', '1')]],
    ['the order was never meant', [started('a'), result('a', '1', 'filled')]],
    ['the order was never meant', [started('a'), absentLine('a', '1', '2026-01-05T15:26:00Z')]],
    [
      'an order that is filled cannot become refused by read-back',
      [
        started('a'),
        intendedLine('a', '1'),
        result('a', '1', 'filled'),
        result('a', '1', 'refused', { source: 'read-back' }),
      ],
    ],
  ])('refuses a line that does not fit: %s', (problem, lines) => {
    expect(() => readRuns(lines)).toThrow(problem);
    expect(() => readRuns(lines)).toThrow(expect.objectContaining({ code: 'LEDGER_CORRUPT' }));
  });

  it('knows when an attempt ended, and which readings since did not show the order', () => {
    const ended = '2026-01-05T15:25:40.000Z';
    const [run] = readRuns([
      started('a'),
      intendedLine('a', '1'),
      absentLine('a', '1', '2026-01-05T15:25:20.000Z'),
      result('a', '1', 'unknown', { at: ended }),
      absentLine('a', '1', '2026-01-05T15:26:20.000Z'),
    ]);
    expect(run?.orders[0]).toMatchObject({
      attemptEndedAt: new Date(ended),
      absentAt: [new Date('2026-01-05T15:26:20.000Z')],
    });
  });
});

describe('what a run has used', () => {
  const runs = readRuns([
    started('a'),
    intendedLine('a', '1', { amount: '25.00', group: '36' }),
    intendedLine('a', '2', { amount: '50.00', group: '60' }),
    intendedLine('a', '3', { amount: '75.00', group: '60' }),
    intendedLine('a', '4', { amount: '25.00', group: '60' }),
    result('a', '1', 'filled'),
    result('a', '2', 'unknown'),
    result('a', '4', 'refused'),
    started('b'),
    intendedLine('b', '5'),
    result('b', '5', 'filled'),
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

  it('holds nothing that another replay bought, nor counts it in the limits of its day', () => {
    const replays = readRuns([
      started('a'),
      intendedLine('a', '1', { venue: 'replay' }),
      result('a', '1', 'filled'),
    ]);
    expect([...heldListings(replays, { mode: 'live', runId: 'b' })]).toEqual([]);
    expect([...heldListings(replays, { mode: 'live', runId: 'a' })]).toEqual(['1']);
    const slotOfReplay = new Date(replays[0]?.started.slot ?? '');
    const later = new Date(slotOfReplay.getTime() + 1000);
    const ofDay = (slot: Date) => formatMoney(spentAround(replays, slot).day);
    expect([ofDay(slotOfReplay), ofDay(later)]).toEqual(['25.00', '0.00']);
  });
});

describe('what an account has used', () => {
  it('is counted by the day and the month of the slot, whenever it was written', () => {
    const runs = readRuns([
      started('a', '2026-01-31T23:59:00.000Z'),
      intendedLine('a', '1'),
      result('a', '1', 'filled'),
      started('b', '2026-01-30T12:00:00.000Z'),
      intendedLine('b', '2'),
      started('c', '2026-02-01T00:00:00.000Z'),
      intendedLine('c', '3'),
      result('c', '3', 'refused'),
    ]);
    const around = (slot: string) => {
      const { day, month } = spentAround(runs, new Date(slot));
      return [formatMoney(day), formatMoney(month)];
    };
    expect(around('2026-01-31T08:00:00Z')).toEqual(['25.00', '50.00']);
    expect(around('2026-02-01T08:00:00Z')).toEqual(['0.00', '0.00']);
  });
});
