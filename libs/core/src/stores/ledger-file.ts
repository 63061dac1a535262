import { createHash } from 'node:crypto';
import { MispricedError, parseLedgerEntry, type LedgerEntry } from '../domain/index.ts';

/** One file of a ledger as it was read. */
export interface LedgerFile {
  readonly entries: readonly LedgerEntry[];
  /** Bytes. */
  readonly length: number;
  /** The hash of the last line, hex; null for an empty file. */
  readonly lastHash: string | null;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** A line of a ledger without its end, and what the next line names as the one before it. */
export interface SealedLine {
  readonly line: string;
  readonly hash: string;
}

/** How a line ends: with the SHA-256 of itself as it was before that was added. */
const seal = /,"hash":"([0-9a-f]{64})"\}$/;

/**
 * Reads a file of the ledger and proves that it is whole: every line fits its own SHA-256 and names
 * that of the line before, none is cut off, the epoch never falls, and each line's run began in the
 * same file. Whoever computes all hashes again is not found out.
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
    const { entry, hash } = parseLine(line, where, index + 1);
    const fail = (problem: string): MispricedError => ledgerCorrupt(where, index + 1, problem);
    if (entry.previous !== lastHash) throw fail('it does not follow the line before it');
    if (entry.epoch < epoch) throw fail(`its epoch is ${entry.epoch} after ${epoch}`);
    if (entry.type === 'lease-taken' || entry.type === 'run-started') runs.add(entry.runId);
    if (!runs.has(entry.runId)) throw fail(`the run ${entry.runId} did not begin in this file`);
    ({ epoch } = entry);
    lastHash = hash;
    return entry;
  });
  return { entries, length: bytes.byteLength, lastHash };
}

/** Turns an entry into the line that stands in its file. */
export function sealLine(entry: LedgerEntry): SealedLine {
  const text = JSON.stringify(entry);
  const hash = hashOf(text);
  return { line: `${text.slice(0, -1)},"hash":"${hash}"}`, hash };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function decodeUtf8(bytes: Uint8Array, where: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw ledgerCorrupt(where, 1, 'the file is not UTF-8');
  }
}

function parseLine(
  line: string,
  where: string,
  number: number,
): { readonly entry: LedgerEntry; readonly hash: string } {
  try {
    const value: unknown = JSON.parse(line);
    const hash = seal.exec(line)?.[1];
    if (hash === undefined) throw new Error('it has no hash of its own');
    if (hash !== hashOf(line.replace(seal, '}'))) throw new Error('it was changed');
    return { entry: parseLedgerEntry(value), hash };
  } catch (error) {
    throw ledgerCorrupt(where, number, error instanceof Error ? error.message : String(error));
  }
}

function ledgerCorrupt(where: string, line: number, problem: string): MispricedError {
  return new MispricedError({
    code: 'LEDGER_CORRUPT',
    message: `Line ${line} of the ledger ${where} cannot be trusted: ${problem}.`,
    fix: 'No further order was sent. Keep a copy of the file, compare it with the account at the venue, and bring back the file as it was from a version of the blob or a backup.',
  });
}
