import { readFileSync } from 'node:fs';
import { MispricedError } from '@mispriced/core';
import { writeAtomically } from '@mispriced/loopback-server';
import type { AccountId, StateFormat } from './state-format.ts';

/**
 * Reads the state a market left behind.
 *
 * @returns Null where there is none yet.
 * @throws MispricedError `DATA_INVALID` where the file is damaged or another account's: it is never
 * taken for an empty one, or what was bought would be forgotten.
 */
export function readStateFile<State, Stored extends { readonly accountId: AccountId }>(args: {
  readonly path: string;
  readonly accountId: AccountId;
  readonly format: StateFormat<State, Stored>;
}): State | null {
  const { path, accountId, format } = args;
  const text = readText(path);
  if (text === null) return null;
  const result = format.schema.safeParse(parseJson(path, text));
  if (!result.success) {
    throw unreadable(
      path,
      result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  if (result.data.accountId !== accountId) {
    throw unreadable(path, [`it is the state of account ${result.data.accountId}`]);
  }
  return format.decode(result.data);
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
export function writeStateFile(path: string, accountId: AccountId, content: object): void {
  writeAtomically(path, JSON.stringify({ format: 1, accountId, ...content }));
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
