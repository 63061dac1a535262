import { expect, it } from 'vitest';
import { createEffectNumbers, renewal } from './effects.ts';

const numbersOf = (names: readonly string[]): readonly number[] => {
  const numberOf = createEffectNumbers();
  return names.map((name) => numberOf(name));
};

it('numbers effects alike, however often a lease is renewed or a read repeated beside them', () => {
  const quick = ['GET listing', 'GET notes', renewal, 'POST orders', 'POST orders'];
  expect(numbersOf(quick)).toEqual([100, 200, 201, 300, 400]);
  const slow = [
    'GET listing',
    'GET listing',
    renewal,
    'GET notes',
    renewal,
    renewal,
    ...quick.slice(3),
  ];
  expect(numbersOf(slow)).toEqual([100, 101, 102, 200, 201, 202, 300, 400]);
});
