import { expect, it } from 'vitest';
import { expectedPairs, impossible } from './count-pairs.ts';
import { proveHistories } from './prove-histories.ts';

it('keep every promise, a thousand of them', { timeout: 3_600_000 }, async () => {
  const { failures, counts } = await proveHistories({ firstSeed: 1, count: 1000 });
  const lines = [...counts].sort().map(([what, count]) => `${count}\t${what}`);
  console.log(`Seeds 1 to 1000:\n${lines.join('\n')}`);
  expect(failures).toEqual([]);
  expect([...impossible].filter((what) => counts.has(what))).toEqual([]);
  expect(expectedPairs.filter((what) => (counts.get(what) ?? 0) < 20)).toEqual([]);
});
