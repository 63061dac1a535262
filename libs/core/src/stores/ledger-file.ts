import { createHash } from 'node:crypto';
import { MispricedError, parseLedgerEntry, type LedgerEntry } from '../domain/index.ts';

/** One file of a ledger as it was read. */
export interface LedgerFile {
  readonly entries: readonly LedgerEntry[];
  /** Bytes. */
  readonly length: number;
  /** SHA-256 of the last line, hex; null for an empty file. */
  readonly lastHash: string | null;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a file of the ledger and proves that it is whole: every line names the SHA-256 of the line
 * before, none is cut off, the epoch never falls, and each line's run began in the same file.
 *
 * @param where The file, for messages.
 * @throws MispricedError `LEDGER_CORRUPT` with file and line.
 */
export function parseLedgerFile(bytes: Uint8Array, where: string): LedgerFile {
  const text = decodeUtf8(bytes, where);
  const lines = text.split('\n');
  if (lines.pop() !== '') throw ledgerCorrupt(where, lines.length + 1, 'the line is cut off');
  const runs = new Set<string>();
  let lastHash: string | null = null;
  let epoch = 0;
  const entries = lines.map((line, index) => {
    const entry = parseLine(line, where, index + 1);
    const fail = (problem: string): MispricedError => ledgerCorrupt(where, index + 1, problem);
    if (entry.previous !== lastHash) {
      throw fail('a line before it was changed, taken away or put in');
    }
    if (entry.epoch < epoch) throw fail(`its epoch is ${entry.epoch} after ${epoch}`);
    if (entry.type === 'lease-taken' || entry.type === 'run-started') runs.add(entry.runId);
    if (!runs.has(entry.runId)) throw fail(`the run ${entry.runId} did not begin in this file`);
    ({ epoch } = entry);
    lastHash = hashOfLine(line);
    return entry;
  });
  return { entries, length: bytes.byteLength, lastHash };
}

/** What the next line of a file names as the one before it. */
export function hashOfLine(line: string): string {
  return createHash('sha256').update(line, 'utf8').digest('hex');
}

function decodeUtf8(bytes: Uint8Array, where: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw ledgerCorrupt(where, 1, 'the file is not UTF-8');
  }
}

function parseLine(line: string, where: string, number: number): LedgerEntry {
  try {
    return parseLedgerEntry(JSON.parse(line));
  } catch (error) {
    throw ledgerCorrupt(where, number, error instanceof Error ? error.message : String(error));
  }
}

function ledgerCorrupt(where: string, line: number, problem: string): MispricedError {
  return new MispricedError({
    code: 'LEDGER_CORRUPT',
    message: `Line ${line} of the ledger ${where} cannot be trusted: ${problem}.`,
    fix: 'Nothing was bought. Keep a copy of the file, compare it with the account at the venue, and bring back the file as it was from a version of the blob or a backup.',
  });
}
