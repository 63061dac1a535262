import { expect, it } from 'vitest';
import { planFaults } from './fault-plan.ts';

it('meets the tries that it names, in a row, and no others', () => {
  const plan = planFaults([
    {
      fault: { kind: 'busy' },
      where: { operation: 'append-block', host: 'a' },
      after: 1,
      times: 2,
    },
    { fault: { kind: 'throttled' }, where: { container: 'ledger', path: 'p' } },
  ]);
  const of = (host: string, path = 'q'): string =>
    plan({
      kind: 'storage',
      host,
      operation: 'append-block',
      container: 'ledger',
      path,
      tryNumber: 1,
    })?.kind ?? 'none';
  const met = [of('a'), of('b'), of('a', 'p'), of('a'), of('a'), of('b', 'p'), of('b', 'p')];
  expect(met).toEqual(['none', 'none', 'busy', 'busy', 'none', 'throttled', 'none']);
});
