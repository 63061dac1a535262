import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

/** How many tests ended how, over all projects. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly skippedTests: readonly NamedTest[];
  readonly failedTests: readonly FailedTest[];
}

/** A test by its name. */
export interface NamedTest {
  readonly fullName: string;
  /** Where it is. */
  readonly file: string;
}

/** A test that failed, or a file that could not be loaded. */
interface FailedTest extends NamedTest {
  /** The first line of what it said. */
  readonly message: string;
}

interface TestFileResult {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly assertionResults: readonly {
    readonly fullName: string;
    readonly status: string;
    readonly failureMessages?: readonly string[];
  }[];
}

interface TestRunResult {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly TestFileResult[];
}

/**
 * Adds up the machine-readable results that each project's test run leaves in a folder. A test file
 * that could not be loaded has no tests of its own and counts as one failure. `isWanted` chooses
 * among the results by the names of their files.
 */
export async function countTests(
  folder: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<TestCounts> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') && isWanted(name));
  const runs = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return JSON.parse(text) as TestRunResult;
    }),
  );
  const sum = (count: (run: TestRunResult) => number): number =>
    runs.reduce((total, run) => total + count(run), 0);
  const skippedTests = runs.flatMap((run) =>
    run.testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults
        .filter((test) => test.status !== 'passed' && test.status !== 'failed')
        .map(({ fullName }) => ({ fullName, file })),
    ),
  );
  const failedTests = runs.flatMap((run) => run.testResults.flatMap(failuresOf));
  return {
    passed: sum((run) => run.numPassedTests),
    failed: failedTests.length,
    skipped: skippedTests.length,
    skippedTests,
    failedTests,
  };
}

/** What failed in a file; the file itself where nothing in it did, for it could not be loaded. */
function failuresOf(result: TestFileResult): readonly FailedTest[] {
  const { name: file, status, message = '', assertionResults } = result;
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0 && status === 'failed') {
    return [{ fullName: 'the file itself', file, message: firstLine(message) }];
  }
  return failed.map(({ fullName, failureMessages = [] }) => ({
    fullName,
    file,
    message: firstLine(failureMessages[0] ?? ''),
  }));
}

function firstLine(text: string): string {
  return stripVTControlCharacters(text).split('\n', 1)[0] ?? '';
}

/** Whether a result is of the long matrices (`*.prove.ts`), by the name of its file. */
export function isProof(name: string): boolean {
  return name.endsWith('-prove.json');
}

/** Several counts as one. */
export function sumCounts(all: readonly TestCounts[]): TestCounts {
  const sum = (key: 'passed' | 'failed' | 'skipped') =>
    all.reduce((total, counts) => total + counts[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    skippedTests: all.flatMap(({ skippedTests }) => skippedTests),
    failedTests: all.flatMap(({ failedTests }) => failedTests),
  };
}

/** The closing line of a build. */
export function formatTestCounts(counts: TestCounts): string {
  const skipped = counts.skipped === 0 ? '' : `, ${counts.skipped} skipped`;
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}
