import { afterAll, beforeAll, expect, it } from 'vitest';
import { startContenders, type Contenders } from './test/contenders.ts';

const trials = 10;

let contenders: Contenders;
beforeAll(async () => {
  contenders = await startContenders(trials / 2);
});
afterAll(() => {
  contenders.close();
});

// The 200 trials are in contenders.prove.ts.
it('processes that compete for a lock have it one after another, though some are killed', async () => {
  for (let trial = 0; trial < trials; trial += 1) {
    const withKill = trial % 2 === 0;
    const { holders, ...rest } = await contenders.run(withKill);
    expect([holders.length, new Set(holders).size]).toEqual(withKill ? [5, 5] : [4, 4]);
    expect(rest).toEqual({ overlaps: 0, isFree: true, left: [] });
  }
});
