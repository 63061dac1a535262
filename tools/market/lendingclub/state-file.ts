import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { formatMoney, MispricedError, type Money } from '@mispriced/core';
import type { MarketState } from './market-state.ts';
import { stateFileSchema, type StateFileContent } from './state-file-schema.ts';

/**
 * Reads the state a market left behind.
 *
 * @returns Null where there is none yet.
 * @throws MispricedError `DATA_INVALID` where the file is damaged or another account's: it is never
 * taken for an empty one, or what was bought would be forgotten.
 */
export function readStateFile(path: string, accountId: number): MarketState | null {
  const text = readText(path);
  if (text === null) return null;
  const result = stateFileSchema.safeParse(parseJson(path, text));
  if (!result.success) {
    throw unreadable(
      path,
      result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const stored = result.data;
  if (stored.accountId !== accountId) {
    throw unreadable(path, [`it is the state of account ${stored.accountId}`]);
  }
  const investedByLoan = new Map<number, Money>();
  for (const { loanId, invested } of stored.notes) {
    investedByLoan.set(loanId, investedByLoan.get(loanId)?.plus(invested) ?? invested);
  }
  return {
    cash: stored.cash,
    notes: stored.notes,
    requests: stored.requests,
    investedByLoan,
    fundedByOthers: new Map(stored.fundedByOthers),
    nextOrderInstructId: stored.nextOrderInstructId,
    nextNoteId: stored.nextNoteId,
  };
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unreadable(path, [String(error)]);
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(path, [String(error)]);
  }
}

/** Replaces the file in one step, so that a reader finds the old state or the new one. */
export function writeStateFile(path: string, accountId: number, state: MarketState): void {
  const stored: StateFileContent = {
    format: 1,
    accountId,
    cash: formatMoney(state.cash),
    notes: state.notes.map((note) => ({
      ...note,
      requested: formatMoney(note.requested),
      invested: formatMoney(note.invested),
    })),
    requests: [...state.requests],
    fundedByOthers: [...state.fundedByOthers].map(([loan, money]) => [loan, formatMoney(money)]),
    nextOrderInstructId: state.nextOrderInstructId,
    nextNoteId: state.nextNoteId,
  };
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, JSON.stringify(stored), { mode: 0o600, flush: true });
  renameSync(draft, path);
}

function unreadable(path: string, problems: readonly string[]): MispricedError {
  return new MispricedError({
    code: 'DATA_INVALID',
    message: [`The market's state ${path} cannot be used:`, ...problems.map((p) => `  ${p}`)].join(
      '\n',
    ),
    fix: 'Restore the file, or name another one to begin with an account that has bought nothing.',
  });
}
