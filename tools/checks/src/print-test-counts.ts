import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countTests, formatTestCounts, isProof, sumCounts } from './test-counts.ts';

const folder = fileURLToPath(new URL('../../../dist/test-results', import.meta.url));
// The proofs alone are asked for right after they ran: what the tests left may be older.
const { of } = parseArgs({ options: { of: { type: 'string' } } }).values;
const tests = await countTests(folder, (name) => !isProof(name) && of !== 'proofs');
const proofs = await countTests(folder, isProof);
const counts = sumCounts([tests, proofs]);

// A skipped test proves nothing; on a build machine everything that tests need is there.
if (counts.skipped > 0 && process.env['CI'] === 'true') {
  console.log(`\nThese tests were skipped, which a build does not accept:`);
  for (const name of counts.skippedNames) console.log(`  ${name}`);
  process.exitCode = 1;
}
if (counts.passed === 0 || counts.failed > 0) process.exitCode = 1;
if (of === 'proofs') {
  console.log(`proofs: ${formatTestCounts(proofs)}`);
} else {
  console.log(`tests: ${formatTestCounts(tests)}\nproofs: ${formatTestCounts(proofs)}`);
  console.log(formatTestCounts(counts));
}
