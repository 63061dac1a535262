import { afterAll, beforeAll, expect, it } from 'vitest';
import { startContenders, type Contenders } from './test/contenders.ts';

const trials = 200;

let contenders: Contenders;
beforeAll(async () => {
  contenders = await startContenders(trials / 2);
});
afterAll(() => {
  contenders.close();
});

it('in 200 trials no two processes have one lock together, and each killed holder is succeeded', async () => {
  const counts = { trials: 0, kills: 0, held: 0, overlaps: 0, takenOver: 0 };
  for (let trial = 0; trial < trials; trial += 1) {
    const withKill = trial % 2 === 0;
    const { holders, overlaps, isFree, left } = await contenders.run(withKill);
    counts.trials += 1;
    counts.held += holders.length;
    counts.overlaps += overlaps;
    if (withKill) counts.kills += 1;
    // Each trial begins over the lock of a dead process, and all that survive have had it in the end.
    const survivors = new Set(holders.filter((name) => name.startsWith('survivor')));
    if (survivors.size === 4 && isFree) counts.takenOver += 1;
    expect(left).toEqual([]);
  }
  console.log(`locks: ${JSON.stringify(counts)}`);
  expect(counts).toEqual({ trials, kills: 100, held: 900, overlaps: 0, takenOver: trials });
}, 600_000);
