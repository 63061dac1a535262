import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturesFolder } from '@mispriced/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDayOfMonth, monthNumber } from '../domain/calendar-date.ts';
import type { AttributeValue, Listing, SecurityListing } from '../domain/listing.ts';
import { parseMoney } from '../domain/money.ts';
import { enrich } from './enrich.ts';
import { readAllOwnData } from './match-own-data.ts';
import { csvFile, featureSetOf, monthlyByState, staticByZip } from './test/declarations.ts';

function listingOf(id: string, attributes: Record<string, AttributeValue>): Listing {
  const amount = parseMoney('1000');
  return { id, venue: 'v', price: 10, group: '36', amount, remaining: amount, attributes };
}
const offer = (...listings: Listing[]): SecurityListing => ({
  asOf: '2010-12-15T08:00:00.000-08:00',
  listings,
  invalid: [],
  received: null,
});
const monthly = csvFile(
  'a.csv',
  'month,state,unemployment_rate',
  '2010-09-01,CA,12',
  '2010-10-01,CA,13',
  '2010-10-01,NV,15',
  '2010-11-01,CA,14',
  '2010-11-01,TX,8',
  '2010-01-01,OH,9',
);
const income = csvFile('b.csv', 'zip3,median_income', '890,50000', '005,');
const featureSet = featureSetOf(monthlyByState, staticByZip);
const readAll = () => readAllOwnData([monthly, income], featureSet.ownData);

describe('enrich', () => {
  it('joins what was known on the day', async () => {
    const { rows, dropped } = enrich({
      listing: offer(
        listingOf('1', { addrState: 'CA', addrZip: '890xx' }),
        listingOf('2', { addrState: 'NV', addrZip: '005xx' }),
      ),
      asOf: '2010-12-15',
      ownData: await readAll(),
      featureSet,
    });
    expect(dropped).toEqual([]);
    expect(rows.map(({ id, own }) => [id, own])).toEqual([
      [
        '1',
        {
          'state-unemployment': { unemployment_rate: 13, unemployment_rate_relative: -1 },
          'zip3-income': { median_income: 50000 },
        },
      ],
      [
        '2',
        {
          'state-unemployment': { unemployment_rate: 15, unemployment_rate_relative: 1 },
          'zip3-income': { median_income: null },
        },
      ],
    ]);
  });

  it('drops each listing without own data for its own reason, the first that applies', async () => {
    const { rows, dropped } = enrich({
      listing: {
        ...offer(
          listingOf('absent', { addrState: 'ZZ', addrZip: '890xx' }),
          listingOf('early', { addrState: 'TX', addrZip: '890xx' }),
          listingOf('stale', { addrState: 'OH', addrZip: '890xx' }),
          listingOf('second', { addrState: 'CA', addrZip: '111xx' }),
          listingOf('null', { addrState: null, addrZip: '890xx' }),
          listingOf('none', { addrZip: '890xx' }),
          listingOf('empty', { addrState: 'CA', addrZip: '' }),
        ),
        invalid: [{ id: 'bad', price: null, group: null, problem: 'intRate: missing' }],
      },
      asOf: '2010-12-15',
      ownData: await readAll(),
      featureSet,
    });
    expect(rows).toEqual([]);
    expect(dropped.map(({ id, reason, detail }) => [id, reason, detail])).toEqual([
      ['bad', 'invalid-listing', 'intRate: missing'],
      ['absent', 'no-own-data', 'state-unemployment: nothing for "ZZ"'],
      ['early', 'own-data-not-yet-known', 'state-unemployment: the oldest of "TX" is of 2010-11'],
      ['stale', 'own-data-stale', 'state-unemployment: the newest known of "OH" is of 2010-01'],
      ['second', 'no-own-data', 'zip3-income: nothing for "111"'],
      ['null', 'no-own-data', 'state-unemployment: addrState is missing'],
      ['none', 'no-own-data', 'state-unemployment: addrState is missing'],
      ['empty', 'no-own-data', 'zip3-income: addrZip is missing'],
    ]);
    expect(dropped[1]).toMatchObject({ price: 10, group: '36' });
  });

  it('needs nothing where nothing is declared', () => {
    const args = { listing: offer(listingOf('1', {})), asOf: '2010-12-15', ownData: [] };
    expect(enrich({ ...args, featureSet: featureSetOf() }).rows).toMatchObject([
      { id: '1', own: {} },
    ]);
  });

  it('refuses to run without a declared set, or with one read by other rules', async () => {
    const args = { listing: offer(), asOf: '2010-12-15', featureSet };
    expect(() => enrich({ ...args, ownData: [] })).toThrow(
      expect.objectContaining({ code: 'DATA_MISSING' }),
    );
    const noLag = {
      ...monthlyByState,
      date: { ownColumn: 'month', lagMonths: 0, staleAfterMonths: 3 },
    };
    const ownData = await readAllOwnData([monthly, income], [noLag, staticByZip]);
    expect(() => enrich({ ...args, ownData })).toThrow(
      expect.objectContaining({ code: 'DATA_INVALID' }),
    );
  });

  it('accounts for every listing once and equals a join by hand', async () => {
    const base = monthNumber('2010-01-01');
    const row = fc.record({
      state: fc.constantFrom('CA', 'NV', 'TX'),
      month: fc.integer({ min: base, max: base + 14 }),
      value: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
    });
    const table = fc.uniqueArray(row, {
      minLength: 1,
      maxLength: 30,
      selector: ({ state, month }) => `${state}${month}`,
    });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: base, max: base + 20 }), async (data, asOf) => {
        const file = csvFile(
          'a.csv',
          'month,state,unemployment_rate',
          ...data.map(
            ({ state, month, value }) => `${firstDayOfMonth(month)},${state},${value ?? ''}`,
          ),
        );
        const set = featureSetOf(monthlyByState);
        const listings = ['CA', 'NV', 'TX', 'OH'].map((addrState) =>
          listingOf(addrState, { addrState }),
        );
        const { rows, dropped } = enrich({
          listing: offer(...listings),
          asOf: firstDayOfMonth(asOf),
          ownData: await readAllOwnData([file], set.ownData),
          featureSet: set,
        });
        expect([...rows, ...dropped].map(({ id }) => id).sort()).toEqual(['CA', 'NV', 'OH', 'TX']);
        for (const { id, own } of rows) {
          const usable = data.filter(({ state, month }) => state === id && month + 2 <= asOf);
          const newest = usable.reduce((a, b) => (b.month > a.month ? b : a));
          const peers = data.filter(({ month, value }) => month === newest.month && value !== null);
          let total = 0;
          for (const { value } of peers) total += value ?? 0;
          const value = newest.value === null ? null : newest.value + 0;
          expect(newest.month).toBeGreaterThanOrEqual(asOf - 5);
          expect(own['state-unemployment']).toEqual({
            unemployment_rate: value,
            unemployment_rate_relative: value === null ? null : value - total / peers.length,
          });
        }
        for (const { id, reason } of dropped) {
          const months = data.filter(({ state }) => state === id).map(({ month }) => month);
          const known = months.filter((month) => month + 2 <= asOf);
          expect(reason).toBe(
            months.length === 0
              ? 'no-own-data'
              : known.length === 0
                ? 'own-data-not-yet-known'
                : 'own-data-stale',
          );
          expect(known.every((month) => month < asOf - 5)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const fixtures = fixturesFolder();

describe.skipIf(fixtures === null)('real own data', () => {
  const file = (name: string) => ({
    where: name,
    format: 'csv' as const,
    bytes: new Uint8Array(readFileSync(join(fixtures ?? '', 'data', name))),
  });

  it('joins October to a loan of December, state by state', async () => {
    const names = ['zip3_median_income.csv', 'state_unemployment_monthly_2006_2019.csv'];
    const ownData = await readAllOwnData(names.map(file), featureSet.ownData);
    expect(ownData.map(({ rowCount }) => rowCount > 800)).toEqual([true, true]);
    expect(ownData[0]?.rowCount).toBe(168 * 52);
    const { rows } = enrich({
      listing: offer(listingOf('1', { addrState: 'NV', addrZip: '890xx' })),
      asOf: '2010-12-15',
      ownData,
      featureSet,
    });
    const text = readFileSync(join(fixtures ?? '', 'data', names[1] ?? ''), 'utf8');
    const october = text.split('\n').filter((line) => line.startsWith('2010-10-01,'));
    const rates = october.map((line) => Number(line.split(',')[2]));
    const nevada = Number(october.find((line) => line.includes(',NV,'))?.split(',')[2]);
    let total = 0;
    for (const rate of rates) total += rate;
    expect(rows[0]?.own['state-unemployment']).toEqual({
      unemployment_rate: nevada,
      unemployment_rate_relative: nevada - total / rates.length,
    });
    expect(rows[0]?.own['zip3-income']?.['median_income']).toBeGreaterThan(10_000);
  });
});
