import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countTests, formatTestCounts, isProof, sumCounts } from './test-counts.ts';

async function folderWith(runs: Record<string, object>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'test-counts-'));
  for (const [name, run] of Object.entries(runs)) {
    await writeFile(join(folder, `${name}.json`), JSON.stringify(run));
  }
  return folder;
}

function run(tests: Record<string, string>, failedSuites = 0): object {
  const statuses = Object.values(tests);
  const count = (status: string): number => statuses.filter((one) => one === status).length;
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('skipped'),
    numFailedTestSuites: failedSuites,
    testResults: [
      {
        name: 'a.test.ts',
        status: failedSuites > 0 ? 'failed' : 'passed',
        message: 'No such file.',
        assertionResults: Object.entries(tests).map(([fullName, status]) => ({
          fullName,
          status,
          failureMessages: status === 'failed' ? ['\u001b[31mIt is 2.\u001b[0m\nat a.ts'] : [],
        })),
      },
    ],
  };
}

describe('countTests', () => {
  it('adds up the projects and names what was skipped', async () => {
    const folder = await folderWith({
      core: run({ a: 'passed', b: 'failed' }, 1),
      config: run({ c: 'passed', d: 'skipped' }),
    });
    const counts = await countTests(folder);
    expect(counts).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      skippedTests: [{ fullName: 'd', file: 'a.test.ts' }],
      failedTests: [{ fullName: 'b', file: 'a.test.ts', message: 'It is 2.' }],
    });
    expect(formatTestCounts(counts)).toBe('2 passed, 1 failed, 1 skipped');
  });

  it('can be asked for the proofs alone, and for both together', async () => {
    const proof = run({ b: 'passed', c: 'passed', d: 'skipped' });
    const folder = await folderWith({ core: run({ a: 'failed' }), 'core-prove': proof });
    const proofs = await countTests(folder, isProof);
    expect(formatTestCounts(proofs)).toBe('2 passed, 0 failed, 1 skipped');
    const tests = await countTests(folder, (name) => !isProof(name));
    expect(formatTestCounts(tests)).toBe('0 passed, 1 failed');
    expect(sumCounts([tests, proofs])).toEqual(await countTests(folder));
  });

  it('counts a test file that could not be loaded as a failure', async () => {
    const counts = await countTests(await folderWith({ core: run({ a: 'passed' }, 1) }));
    expect(formatTestCounts(counts)).toBe('1 passed, 1 failed');
    const { failedTests } = counts;
    expect(failedTests).toEqual([
      { fullName: 'the file itself', file: 'a.test.ts', message: 'No such file.' },
    ]);
  });
});
