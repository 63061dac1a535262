import { parseArgs } from 'node:util';
import { expectedPairs } from './count-pairs.ts';
import { proveHistories } from './prove-histories.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    /** Every failure, as it was drawn. */
    all: { type: 'boolean', default: false },
  },
});
const proof = await proveHistories({
  firstSeed: Number(values.seed),
  count: Number(values.count),
  ...(values.all && { shrinks: false, stopAfter: Number.POSITIVE_INFINITY }),
});
for (const [what, count] of [...proof.counts].sort()) console.log(`${count}\t${what}`);
if (proof.played >= 1000) {
  const seldom = expectedPairs.filter((what) => (proof.counts.get(what) ?? 0) < 20);
  console.log(`Less than twenty times: ${seldom.join('; ') || 'nothing'}`);
}
for (const failure of proof.failures) console.log(failure);
console.log(
  `${proof.played} histories from seed ${values.seed}, in ${proof.broken} of which a market broke its word: ${proof.failures.length} broke a promise`,
);
if (proof.failures.length > 0) process.exitCode = 1;
