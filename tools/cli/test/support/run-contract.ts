import { runStatuses, stages, tradingModes, type RunSummary } from '@mispriced/core';
import { expect } from 'vitest';

const dollars = expect.stringMatching(/^\d+\.\d{2}$/) as unknown;
const count = expect.any(Number) as unknown;

/** Checks that a summary has every field of the contract, of its kind, and none more. */
export function expectSummary(summary: RunSummary): void {
  const text = (value: string | null): unknown => (value === null ? null : expect.any(String));
  expect(summary).toEqual({
    status: expect.toBeOneOf([...runStatuses]) as unknown,
    runId: expect.stringMatching(/^[a-z0-9-]+-\d{8}T\d{6}Z$/) as unknown,
    slot: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown,
    stage: expect.toBeOneOf([...stages]) as unknown,
    mode: expect.toBeOneOf([...tradingModes]) as unknown,
    listed: count,
    dropped: expect.any(Object) as unknown,
    matched: count,
    scored: count,
    decided: count,
    bought: count,
    cashBefore: summary.cashBefore === null ? null : dollars,
    spent: dollars,
    model:
      summary.model === null
        ? null
        : { name: expect.any(String) as unknown, version: expect.any(String) as unknown },
    ledger: text(summary.ledger),
    report: text(summary.report),
    decisions: text(summary.decisions),
    error:
      summary.error === null
        ? null
        : {
            code: expect.stringMatching(/^[A-Z_]+$/) as unknown,
            message: expect.stringMatching(/\S/) as unknown,
            fix: expect.stringMatching(/\S/) as unknown,
          },
  });
}

/** Checks that nothing a person reads is a stack trace. */
export function expectNoStackTrace(...texts: readonly string[]): void {
  for (const text of texts) expect(text).not.toMatch(/\n\s+at .*[:(]\d+/);
}
