import { readFile } from 'node:fs/promises';
import { parseFeatureSet } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isKnownAfterwards, usesOfKnownAfterwards } from './known-afterwards.ts';
import { defaultFeaturesPath } from './paths.ts';

const features = parseFeatureSet(
  parse(await readFile(defaultFeaturesPath, 'utf8')),
  defaultFeaturesPath,
);

describe('what is known only after a loan was made', () => {
  it.each(['total_pymnt', 'totalPymnt', 'default', 'recoveries', 'hardship_flag'])(
    'holds %s, a column or a field',
    (name) => {
      expect(isKnownAfterwards(name)).toBe(true);
    },
  );

  it('holds nothing that a listing shows', () => {
    expect(usesOfKnownAfterwards(features)).toEqual([]);
    for (const name of ['chargeoff_within_12_mths', 'delinq_2yrs', 'loan_amnt']) {
      expect(isKnownAfterwards(name)).toBe(false);
    }
  });

  it('is refused as price, key and feature', () => {
    const [first, ...others] = features.features;
    const [own] = features.ownData;
    if (first?.type !== 'number' || own === undefined) throw new Error('Not the file meant.');
    const uses = usesOfKnownAfterwards({
      ...features,
      price: { ...features.price, column: 'recoveries' },
      ownData: [{ ...own, keys: [{ field: 'a', column: 'issue_d', ownColumn: 'state' }] }],
      features: [{ ...first, column: 'total_pymnt' }, ...others],
    });
    expect(uses.map(({ message }) => message)).toEqual([
      'price reads recoveries, which is known only after a loan was made.',
      'a key of state-unemployment reads issue_d, which is known only after a loan was made.',
      'feature int_rate reads total_pymnt, which is known only after a loan was made.',
    ]);
  });
});
