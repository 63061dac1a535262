import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../domain/index.ts';
import { absentLine, intendedLine, resultLine, startedLine } from '../test/ledger-lines.ts';
import { readRuns } from './ledger-state.ts';
import { isReleased } from './release.ts';

const rule = { settleWithinSeconds: 120, releaseAfterHours: 24 };
const ended = Date.parse('2026-01-05T15:26:00.000Z');

function isReleasedAfter(lines: readonly LedgerEntry[], readingsSeconds: readonly number[]) {
  const readings = readingsSeconds.map((seconds) =>
    absentLine('a', '1', new Date(ended + seconds * 1000).toISOString()),
  );
  const [run] = readRuns([startedLine('a'), intendedLine('a', '1'), ...lines, ...readings]);
  const [order] = run?.orders ?? [];
  if (order === undefined) throw new TypeError('There is no order.');
  return isReleased(order, rule);
}

describe('an order whose attempt was seen to end', () => {
  const unknown = resultLine('a', '1', 'unknown', { at: new Date(ended).toISOString() });

  it.each([
    [[], false],
    [[130, 135], false],
    [[130, 135, 140], true],
    // What is read before the venue must show it says nothing.
    [[10, 60, 119, 121, 122], false],
    [[10, 60, 119, 122, 127, 132], true],
  ])('is released by readings after %j seconds: %s', (readings, released) => {
    expect(isReleasedAfter([unknown], readings)).toBe(released);
  });
});

describe('an order whose attempt nobody saw end', () => {
  const hour = 3600;

  it.each([
    [[130, 135, 140], false],
    [[0, 12 * hour, 23 * hour], false],
    [[0, 24 * hour], false],
    [[0, 12 * hour, 24 * hour], true],
    // However long ago it was meant: the readings have to cover the hours.
    [[240 * hour, 241 * hour, 242 * hour], false],
  ])('is released by readings after %j seconds: %s', (readings, released) => {
    expect(isReleasedAfter([], readings)).toBe(released);
    const unseen = resultLine('a', '1', 'unknown', { attemptEnded: false });
    expect(isReleasedAfter([unseen], readings)).toBe(released);
  });
});
