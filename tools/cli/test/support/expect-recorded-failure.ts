import { readFile } from 'node:fs/promises';
import type { ErrorCode, RunStatus } from '@mispriced/core';
import { expect } from 'vitest';
import { expectNoStackTrace, expectSummary } from './run-contract.ts';
import { readOnlyRun, type RunEnd } from './run-once.ts';

/**
 * Checks that a run ended as a failure must: one error with code, message and fix; exit code 1, or 0
 * for one that merely had nothing to do; its beginning and end in the ledger; decisions and report written; nothing ordered.
 */
export async function expectRecordedFailure(
  end: RunEnd,
  expected: { code: ErrorCode; message: RegExp; status?: RunStatus },
): Promise<void> {
  const { summary, exitCode, stdout, stderr, outFolder } = end;
  const { code, message, status = 'failed' } = expected;
  expectSummary(summary);
  expectNoStackTrace(stdout, stderr);
  expect(exitCode).toBe(status === 'nothing' ? 0 : 1);
  expect(summary).toMatchObject({ status, bought: 0, spent: '0.00', error: { code } });
  expect(summary.error?.message).toMatch(message);

  const run = await readOnlyRun(summary);
  expect(run.orders).toEqual([]);
  expect(run.started).toMatchObject({ runId: summary.runId, slot: summary.slot });
  expect(run.finished).toMatchObject({ status, spent: '0.00', errorCode: code });

  expect([summary.report, summary.decisions].map((path) => path?.startsWith(outFolder))).toEqual([
    ...[true, true],
  ]);
  const report = await readFile(summary.report ?? 'no report', 'utf8');
  const words = summary.error?.message.split('\n')[0]?.slice(0, 40) ?? 'no message';
  expect(report).toContain(code);
  expect(report).toContain(words.replaceAll('"', '&quot;').replaceAll("'", '&#39;'));
}
