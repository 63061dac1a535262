import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDayOfMonth, monthNumber } from '../domain/calendar-date.ts';
import type { OwnDataDeclaration } from '../domain/feature-set.ts';
import { findAsOf } from './find-as-of.ts';
import { readOwnData } from './read-own-data.ts';
import { csvFile, monthlyByState } from './test/declarations.ts';

const rows = (months: readonly number[]) =>
  months.map((month) => `${firstDayOfMonth(month)},CA,${month}`);
const setOf = (months: readonly number[], declaration: OwnDataDeclaration = monthlyByState) =>
  readOwnData({
    ...csvFile('own.csv', 'month,state,unemployment_rate', ...rows(months)),
    declaration,
  });

describe('findAsOf', () => {
  it('uses October on any day of December, with a lag of two months', async () => {
    const set = await setOf([
      monthNumber('2010-09-01'),
      monthNumber('2010-10-01'),
      monthNumber('2010-11-01'),
      monthNumber('2010-12-01'),
    ]);
    for (const day of ['2010-12-01', '2010-12-15', '2010-12-31']) {
      expect(findAsOf(set, 'CA', monthNumber(day))).toMatchObject({
        row: { month: monthNumber('2010-10-01') },
      });
    }
    expect(findAsOf(set, 'CA', monthNumber('2011-01-01'))).toMatchObject({
      row: { month: monthNumber('2010-11-01') },
    });
  });

  it('says why there is none', async () => {
    const set = await setOf([monthNumber('2010-10-01')]);
    const answer = (day: string, key = 'CA') => findAsOf(set, key, monthNumber(day));
    expect(answer('2010-11-30')).toEqual({
      reason: 'own-data-not-yet-known',
      detail: 'the oldest of "CA" is of 2010-10',
    });
    expect(answer('2011-03-31')).toHaveProperty('row');
    expect(answer('2011-04-01')).toEqual({
      reason: 'own-data-stale',
      detail: 'the newest known of "CA" is of 2010-10',
    });
    expect(answer('2010-12-15', 'NV')).toMatchObject({ reason: 'no-own-data' });
    expect(answer('2010-12-15', 'constructor')).toMatchObject({ reason: 'no-own-data' });
  });

  it('never looks ahead and agrees with looking at every row', async () => {
    const base = monthNumber('2005-01-01');
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: -5, max: 60 }),
        fc.nat({ max: 6 }),
        fc.nat({ max: 6 }),
        async (offsets, asOfOffset, lagMonths, staleAfterMonths) => {
          const asOf = base + asOfOffset;
          const months = offsets.map((offset) => base + offset);
          const set = await setOf(months, {
            ...monthlyByState,
            date: { ownColumn: 'month', lagMonths, staleAfterMonths },
          });
          const answer = findAsOf(set, 'CA', asOf);

          const known = months.filter(
            (month) => firstDayOfMonth(month + lagMonths) <= firstDayOfMonth(asOf),
          );
          const fresh = known.filter((month) => asOf <= month + lagMonths + staleAfterMonths);
          if (known.length === 0) {
            expect(answer).toMatchObject({ reason: 'own-data-not-yet-known' });
          } else if (fresh.length === 0) {
            expect(answer).toMatchObject({ reason: 'own-data-stale' });
          } else {
            const newest = Math.max(...fresh);
            expect(answer).toMatchObject({ row: { month: newest } });
            expect(answer).toMatchObject({ row: { values: { unemployment_rate: newest } } });
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
