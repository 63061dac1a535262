import { expect, it } from 'vitest';
import { casesOf, everyPairOf } from './cases.ts';
import { chosenModes, furtherModes } from './chosen-cases.ts';

const axes = ['storageAuth', 'keyVaultAccess', 'secretsDelivery'] as const;
type Axis = (typeof axes)[number];
const pairs = axes.flatMap((one, index) =>
  axes.slice(index + 1).map((other): [Axis, Axis] => [one, other]),
);

it.each(pairs)('every choice of %s meets every choice of %s', (one, other) => {
  const met = (cases: readonly Readonly<Record<Axis, string>>[]) =>
    [...new Set(cases.map((each) => `${each[one]} and ${each[other]}`))].sort();
  expect(met(Object.values(chosenModes))).toEqual(met(casesOf('dev')));
  expect(met(everyPairOf('dev'))).toEqual(met(casesOf('dev')));
});

const kindOf = (stackName: string) => (stackName.startsWith('pr-') ? 'preview' : stackName);

it.each(axes)('every kind of stack meets every choice of %s', (axis) => {
  const names = Object.keys(chosenModes) as (keyof typeof chosenModes)[];
  const met = names.flatMap((name) =>
    [chosenModes[name], ...furtherModes[name]].map((modes) => `${kindOf(name)} ${modes[axis]}`),
  );
  const wanted = names.flatMap((name) =>
    casesOf(name).map((one) => `${kindOf(name)} ${one[axis]}`),
  );
  expect([...new Set(met)].sort()).toEqual([...new Set(wanted)].sort());
});
