import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnrichedListing } from '../domain/enriched-listing.ts';
import type { FeatureSet } from '../domain/feature-set.ts';
import type { AttributeValue } from '../domain/listing.ts';
import { buildFeatureMatrix } from './feature-matrix.ts';
import { enrichedListing } from './test/enriched-listing.ts';
import { tinyFeatures } from './test/tiny-bundle.ts';

const build = (rows: readonly EnrichedListing[], featureSet: FeatureSet = tinyFeatures) =>
  buildFeatureMatrix({ rows, featureSet, asOf: '2010-12-15' });
const rowOf = (change: Record<string, AttributeValue>, own?: EnrichedListing['own']) => {
  const { values, dropped } = build([enrichedListing('1', change, own)]);
  return dropped[0] ?? [...values];
};

// 1995-03 to 2010-12 are 189 month boundaries; the offset in the date is not looked at.
const whole = [12.5, 20.25, 189, 1, 1, -0.5, 9.5];

describe('buildFeatureMatrix', () => {
  it('writes every feature in the order declared', () => {
    expect(rowOf({})).toEqual(whole);
  });

  it('rounds to float32, as training does', () => {
    expect(rowOf({ intRate: 13.57 })).toEqual([Math.fround(13.57), ...whole.slice(1)]);
  });

  it.each([
    ['2010-12-31T23:59:59.000+14:00', 0],
    ['2010-12-01', 0],
    ['2010-11-30T00:00:00.000-08:00', 1],
    ['2009-12-31', 12],
    ['2011-01-01', -1],
  ])('counts month boundaries since %s as written: %i', (earliestCrLine, months) => {
    expect(rowOf({ earliestCrLine })).toEqual([12.5, 20.25, months, ...whole.slice(3)]);
  });

  it.each([
    ['RENT', 0],
    ['OWN', 1],
    [36, 2],
    ['rent', -1],
    ['OWN ', -1],
    [37, -1],
    [null, -2],
    ['', -2],
  ])('encodes the category %j as %i', (homeOwnership, code) => {
    expect(rowOf({ homeOwnership })).toEqual([12.5, 20.25, 189, code, ...whole.slice(4)]);
  });

  it('fills what is absent, and only that', () => {
    expect(rowOf({ dti: null, earliestCrLine: null })).toEqual([
      12.5,
      17.5,
      120,
      ...whole.slice(3),
    ]);
    expect(rowOf({ earliestCrLine: '' })).toEqual([12.5, 20.25, 120, ...whole.slice(3)]);
    expect(rowOf({}, { rates: { rate: null, rate_relative: 2 } })).toEqual([
      ...whole.slice(0, 5),
      2,
      5,
    ]);
  });

  it.each([
    ['no price', { intRate: null }, 'int_rate: missing'],
    ['text for a number', { dti: '20.25' }, 'dti: the text "20.25" where a number is declared'],
    ['empty text for a number', { dti: '' }, 'dti: the text "" where a number is declared'],
    ['no number', { dti: Number.NaN }, 'dti: NaN is no number a model can use'],
    ['an endless number', { dti: -Infinity }, 'dti: -Infinity is no number a model can use'],
    ['more than float32 holds', { dti: 1e39 }, 'dti: 1e+39 is no number a model can use'],
    [
      'a number for a date',
      { earliestCrLine: 1995 },
      'credit_history: 1995 where a date is declared',
    ],
    ['a date that is none', { earliestCrLine: '3/1995' }, 'credit_history: "3/1995" is not a date'],
    ['a day that is none', { earliestCrLine: '1995-02-30' }, 'credit_history: "1995-02-30" is not'],
    ['no category', { addrState: null }, 'state: missing'],
    ['an endless category', { homeOwnership: Infinity }, 'home: Infinity where a category is'],
  ])('drops a listing with %s as missing a value', (_name, change, detail) => {
    expect(rowOf(change)).toMatchObject({
      id: '1',
      price: 12.5,
      group: '36',
      reason: 'missing-value',
      detail: expect.stringContaining(detail) as string,
    });
  });

  it('drops a category it must not meet unseen', () => {
    expect(rowOf({ addrState: 'TX' })).toMatchObject({
      reason: 'unseen-category',
      detail: 'state: "TX" was not seen in training',
    });
  });

  it('drops a listing whose own data lacks what is declared', () => {
    expect(rowOf({}, { rates: { rate: 9.5, rate_relative: null } })).toMatchObject({
      reason: 'missing-value',
      detail: 'rate_relative: missing',
    });
    expect(rowOf({}, { rates: { rate_relative: 1 } })).toMatchObject({
      detail: 'rate: rates has no rate',
    });
    expect(rowOf({}, {})).toMatchObject({ detail: 'rate_relative: rates has no rate_relative' });
    expect(rowOf({}, { rates: { rate: 'high', rate_relative: 1 } })).toMatchObject({
      detail: 'rate: the text "high" where a number is declared',
    });
  });

  it('leaves no gap where a listing was dropped', () => {
    const matrix = build([
      enrichedListing('1', { intRate: 1 }),
      enrichedListing('2', { addrState: 'TX' }),
      enrichedListing('3', { intRate: 3 }),
    ]);
    expect(matrix.rows.map(({ id }) => id)).toEqual(['1', '3']);
    expect(matrix.dropped.map(({ id }) => id)).toEqual(['2']);
    expect([...matrix.values]).toEqual([1, ...whole.slice(1), 3, ...whole.slice(1)]);
    expect(build([]).values).toHaveLength(0);
  });

  it('does not guess a median that training has not set', () => {
    const features = tinyFeatures.features.map((feature) =>
      feature.name === 'dti' ? { ...feature, missing: { fill: 'median' as const } } : feature,
    ) as FeatureSet['features'];
    const unresolved = { ...tinyFeatures, features };
    expect(build([enrichedListing('1')], unresolved).rows).toHaveLength(1);
    expect(() => build([enrichedListing('1', { dti: null })], unresolved)).toThrow(
      expect.objectContaining({ code: 'FEATURES_INVALID' }),
    );
  });

  it('keeps every listing or names it, and never writes what a model cannot read', () => {
    const anything = fc.oneof(
      fc.constant(null),
      fc.double(),
      fc.string(),
      fc.constantFrom('CA', 'NV', 'RENT', '1999-01-01'),
    );
    const row = fc.record({
      intRate: anything,
      dti: anything,
      earliestCrLine: anything,
      homeOwnership: anything,
      addrState: anything,
      rate: anything,
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (changes) => {
        const rows = changes.map(({ rate, ...change }, i) =>
          enrichedListing(String(i), change, { rates: { rate, rate_relative: 1 } }),
        );
        const matrix = build(rows);
        expect(matrix.rows.length + matrix.dropped.length).toBe(rows.length);
        expect(matrix.values).toHaveLength(matrix.rows.length * tinyFeatures.features.length);
        expect(matrix.values.every(Number.isFinite)).toBe(true);
        for (const { attributes } of matrix.rows) {
          expect(typeof attributes['intRate']).toBe('number');
          expect(['CA', 'NV']).toContain(attributes['addrState']);
        }
      }),
      { numRuns: 300 },
    );
  });
});
