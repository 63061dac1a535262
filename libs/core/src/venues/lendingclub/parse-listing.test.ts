import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturesFolder } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../domain/money.ts';
import { parseLendingClubListing } from './parse-listing.ts';

const loan = {
  id: 501,
  loanAmount: 5000,
  fundedAmount: 1200.5,
  term: 36,
  intRate: 13.56,
  empLength: null,
  addrState: 'NV',
  earliestCrLine: '1995-03-11T16:00:00.000-08:00',
  isHot: true,
  history: [1, 2],
};
const listing = (loans: readonly unknown[]) =>
  parseLendingClubListing({ asOfDate: '2016-04-28T18:41:28.295-07:00', loans, more: 'ignored' });

describe('parseLendingClubListing', () => {
  it('presents a loan as a listing', () => {
    const parsed = listing([loan]);
    expect(parsed.asOf).toBe('2016-04-28T18:41:28.295-07:00');
    expect(parsed.invalid).toEqual([]);
    expect(parsed.listings).toHaveLength(1);
    const [only] = parsed.listings;
    expect(only).toMatchObject({ id: '501', venue: 'lendingclub', price: 13.56, group: '36' });
    expect(only && formatMoney(only.remaining)).toBe('3799.50');
    expect(only?.attributes).toEqual({
      id: 501,
      loanAmount: 5000,
      fundedAmount: 1200.5,
      term: 36,
      intRate: 13.56,
      empLength: null,
      addrState: 'NV',
      earliestCrLine: '1995-03-11T16:00:00.000-08:00',
      isHot: 'true',
    });
  });

  it.each([
    ['a price of nothing', { intRate: 0 }, 'intRate', 0],
    ['a price below nothing', { intRate: -3 }, 'intRate', -3],
    ['a price beyond belief', { intRate: 50.01 }, 'intRate', 50.01],
    ['a price that is no number', { intRate: Number.NaN }, 'intRate', null],
    ['a price without end', { intRate: Number.POSITIVE_INFINITY }, 'intRate', null],
    ['a price as text', { intRate: '13.56' }, 'intRate', null],
    ['no price', { intRate: undefined }, 'intRate', null],
    ['no amount', { loanAmount: null }, 'loanAmount', 13.56],
    ['an amount of nothing', { loanAmount: 0, fundedAmount: 0 }, 'loanAmount', 13.56],
    ['fractions of a cent', { loanAmount: 5000.001 }, 'loanAmount', 13.56],
    ['more funded than asked for', { fundedAmount: 5000.01 }, 'fundedAmount', 13.56],
    ['less than nothing funded', { fundedAmount: -1 }, 'fundedAmount', 13.56],
    ['half a month', { term: 36.5 }, 'term', 13.56],
  ])('sets a loan with %s aside and keeps the others', (_name, change, field, price) => {
    const parsed = listing([
      { ...loan, ...change },
      { ...loan, id: 502 },
    ]);
    expect(parsed.listings.map(({ id }) => id)).toEqual(['502']);
    expect(parsed.invalid).toHaveLength(1);
    expect(parsed.invalid[0]).toMatchObject({ id: '501', price });
    expect(parsed.invalid[0]?.problem).toContain(`${field}:`);
  });

  it('takes the highest price that is believed', () => {
    expect(listing([{ ...loan, intRate: 50 }]).listings).toHaveLength(1);
  });

  it('names all problems of one loan, and entries that are no loans by their place', () => {
    const parsed = listing([{ id: 7, term: 60 }, 'nonsense', null, { ...loan, id: 1.5 }]);
    expect(parsed.listings).toEqual([]);
    expect(parsed.invalid.map(({ id }) => id)).toEqual(['7', 'entry-2', 'entry-3', 'entry-4']);
    expect(parsed.invalid[0]).toMatchObject({ price: null, group: '60' });
    expect(parsed.invalid[0]?.problem).toMatch(/loanAmount: .*; fundedAmount: .*; intRate: /);
  });

  it('refuses every copy of an id that stands twice, readable or not', () => {
    const parsed = listing([
      loan,
      { ...loan, intRate: 9 },
      { ...loan, id: 502 },
      { ...loan, id: 503 },
      { id: 503 },
    ]);
    expect(parsed.listings.map(({ id }) => id)).toEqual(['502']);
    expect(parsed.invalid.map(({ id, price }) => [id, price])).toEqual([
      ['501', 13.56],
      ['501', 9],
      ['503', 13.56],
      ['503', null],
    ]);
    for (const { problem } of parsed.invalid) expect(problem).toContain('stands 2 times');
  });

  it('takes a list that was left out for an empty one, as the venue means it', () => {
    const parsed = parseLendingClubListing({ asOfDate: '2016-04-28' });
    expect([parsed.listings, parsed.invalid]).toEqual([[], []]);
  });

  it.each([
    ['no list of loans', { asOfDate: '2016-04-28T18:41:28.295-07:00', loans: {} }],
    ['no date', { loans: [] }],
    ['a date that is none', { asOfDate: '28.4.2016', loans: [] }],
    ['a list', []],
    ['nothing', null],
  ])('refuses an answer with another shape: %s', (_name, received) => {
    expect(() => parseLendingClubListing(received)).toThrow(
      expect.objectContaining({ code: 'VENUE_ANSWER_INVALID' }),
    );
  });
});

const fixtures = fixturesFolder();

describe.skipIf(fixtures === null)('a recorded listing', () => {
  const file = join(fixtures ?? '', 'data/payloads/lendingclub-listing-2016-04-28.json');
  const received: unknown = fixtures === null ? null : JSON.parse(readFileSync(file, 'utf8'));

  it('parses whole: 108 loans, none invalid', () => {
    const parsed = parseLendingClubListing(received);
    expect(parsed.listings).toHaveLength(108);
    expect(parsed.invalid).toEqual([]);
    expect(parsed.received).toBe(received);
    expect(new Set(parsed.listings.map(({ group }) => group))).toEqual(new Set(['36', '60']));
    const first = parsed.listings[0];
    expect(first).toMatchObject({ id: '77695711', price: 18.97, group: '36' });
    expect(first && [formatMoney(first.amount), formatMoney(first.remaining)]).toEqual([
      '3175.00',
      '1700.00',
    ]);
    expect(first?.attributes['earliestCrLine']).toBe('1995-03-11T16:00:00.000-08:00');
  });
});
