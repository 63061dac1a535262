import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { countTests, formatTestCounts, isProof, type NamedTest, sumCounts } from './test-counts.ts';
import { wantsFixtures } from './wants-fixtures.ts';

const folder = fileURLToPath(new URL('../../../dist/test-results', import.meta.url));
// The proofs alone are asked for right after they ran: what the tests left may be older.
const { of } = parseArgs({ options: { of: { type: 'string' } } }).values;
const tests = await countTests(folder, (name) => !isProof(name) && of !== 'proofs');
const proofs = await countTests(folder, isProof);
const counts = sumCounts([tests, proofs]);

// A skipped test proves nothing; on a build machine everything that tests need is there, but for the
// real loans where MISPRICED_FIXTURES says so: they may not be published.
const isAllowed = async ({ file }: NamedTest): Promise<boolean> =>
  process.env['MISPRICED_FIXTURES'] === 'absent' && wantsFixtures(file);
const allowed = await Promise.all(counts.skippedTests.map(isAllowed));
const refused = counts.skippedTests.filter((_, index) => allowed[index] !== true);
if (refused.length > 0 && process.env['CI'] === 'true') {
  console.log(`\nThese tests were skipped, which a build does not accept:`);
  for (const { fullName } of refused) console.log(`  ${fullName}`);
  process.exitCode = 1;
}
if (counts.passed === 0 || counts.failed > 0) process.exitCode = 1;
if (counts.failedTests.length > 0) console.log('\nThese tests failed:');
for (const { file, fullName, message } of counts.failedTests) {
  console.log(`  ${relative(process.cwd(), file)}: ${fullName}\n    ${message}`);
}
if (of === 'proofs') {
  console.log(`proofs: ${formatTestCounts(proofs)}`);
} else {
  console.log(`tests: ${formatTestCounts(tests)}\nproofs: ${formatTestCounts(proofs)}`);
  console.log(formatTestCounts(counts));
}
