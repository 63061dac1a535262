import { expect, it } from 'vitest';
import { casesOf } from './cases.ts';
import { chosenModes } from './chosen-cases.ts';

const axes = ['storageAuth', 'keyVaultAccess', 'secretsDelivery'] as const;
type Axis = (typeof axes)[number];
const pairs = axes.flatMap((one, index) =>
  axes.slice(index + 1).map((other): [Axis, Axis] => [one, other]),
);

it.each(pairs)('every choice of %s meets every choice of %s', (one, other) => {
  const met = (cases: readonly Readonly<Record<Axis, string>>[]) =>
    [...new Set(cases.map((each) => `${each[one]} and ${each[other]}`))].sort();
  expect(met(Object.values(chosenModes))).toEqual(met(casesOf('dev')));
});
