import { inspect } from 'node:util';

const millisecondsOfDay = 86_400_000;

/** A cell, or a text made of one, as a reader keeps it: without blanks behind, null where it is empty. */
export function withoutPadding(text: string): string | null {
  const kept = text.trimEnd();
  return kept.trimStart() === '' ? null : kept;
}

/**
 * A cell as text, null where it is empty: whole numbers lose their fraction, and a moment at midnight
 * is its day.
 */
export function textCell(cell: unknown): string | null {
  if (cell === null || cell === undefined || Number.isNaN(cell)) return null;
  if (typeof cell === 'string') return withoutPadding(cell);
  if (cell instanceof Date) {
    const text = cell.toISOString();
    return cell.getTime() % millisecondsOfDay === 0 ? text.slice(0, 10) : text;
  }
  if (typeof cell === 'number' || typeof cell === 'bigint' || typeof cell === 'boolean') {
    return String(cell);
  }
  return shownCell(cell);
}

/** A cell as a message shows it. */
export function shownCell(cell: unknown): string {
  return inspect(cell, { depth: 0, breakLength: Infinity }).slice(0, 60);
}
