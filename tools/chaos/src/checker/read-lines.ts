import { createHash } from 'node:crypto';
import type { LedgerWrite } from './ledger-writes.ts';
import type { Violation } from './violation.ts';

/** A line of the ledger as it stands in its file: nothing about it is believed but that it is JSON. */
export interface RawLine {
  readonly path: string;
  /** Bytes before it in its file. */
  readonly offset: number;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Null where it was there before the history began. */
  readonly written: LedgerWrite | null;
}

/** Reads a file of the ledger, and says where its chain of hashes is broken. */
export function readLines(
  path: string,
  text: string,
  writtenAt: (path: string, offset: number) => LedgerWrite | null,
): { readonly lines: readonly RawLine[]; readonly violations: readonly Violation[] } {
  const lines: RawLine[] = [];
  const violations: Violation[] = [];
  const broken = (facts: string): void => {
    violations.push({ promise: 'the ledger is whole', facts: `${path}: ${facts}` });
  };
  if (text !== '' && !text.endsWith('\n')) broken('its last line is cut off');
  let previous: string | null = null;
  let epoch = 0;
  let offset = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const fields = JSON.parse(line) as Record<string, unknown>;
    if (fields['previous'] !== previous) broken(`line ${index + 1} follows another line`);
    if (!(Number(fields['epoch']) >= epoch)) broken(`line ${index + 1} is of an older epoch`);
    if (fields['type'] === 'lease-taken' && Number(fields['epoch']) === epoch)
      broken(`line ${index + 1} takes the lease without a new epoch`);
    epoch = Number(fields['epoch']);
    const { hash, ...content } = fields;
    previous = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    if (hash !== previous) broken(`line ${index + 1} is not what was written`);
    lines.push({ path, offset, fields, written: writtenAt(path, offset) });
    offset += Buffer.byteLength(line) + 1;
  }
  return { lines, violations };
}

/** A field that must be text. */
export function textOf(line: RawLine, field: string): string {
  const value = line.fields[field];
  return typeof value === 'string' ? value : '';
}
