import { inspect } from 'node:util';
import { monthNumber, parseCalendarDate } from '../domain/calendar-date.ts';

/** What a cell holds, or why it cannot be used. */
export type CellValue<Value> = { readonly value: Value } | { readonly problem: string };

const millisecondsOfDay = 86_400_000;
const numberText = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** A cell as a number; null where it is empty. A float without a number in it counts as empty. */
export function numberCell(cell: unknown): CellValue<number | null> {
  if (cell === null || Number.isNaN(cell)) return { value: null };
  const value = numberOf(cell);
  return Number.isFinite(value) ? { value } : { problem: `${shown(cell)} is not a finite number` };
}

/** A cell as part of a key; whole numbers lose their fraction. */
export function keyCell(cell: unknown): CellValue<string> {
  if (cell === null || cell === '') return { problem: 'the key is empty' };
  if (typeof cell === 'string') return { value: cell };
  if (typeof cell === 'bigint') return { value: String(cell) };
  if (typeof cell === 'number' && Number.isFinite(cell)) return { value: String(cell) };
  return { problem: `${shown(cell)} cannot be a key` };
}

/**
 * A cell with any day of a month, as months since year 0. A moment that is not midnight UTC is
 * refused: which day, and so which month, it is of would hang on a time zone.
 */
export function monthCell(cell: unknown): CellValue<number> {
  if (cell === null) return { problem: 'the date is empty' };
  if (cell instanceof Date && cell.getTime() % millisecondsOfDay !== 0) {
    return { problem: `${shown(cell)} is a moment, not a day` };
  }
  const text = cell instanceof Date ? cell.toISOString() : cell;
  try {
    return { value: monthNumber(parseCalendarDate(typeof text === 'string' ? text : '')) };
  } catch {
    return { problem: `${shown(cell)} is not a day, yyyy-mm-dd` };
  }
}

function numberOf(cell: unknown): number {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'bigint') {
    const value = Number(cell);
    return Number.isSafeInteger(value) ? value : Number.NaN;
  }
  if (typeof cell !== 'string') return Number.NaN;
  const text = cell.trim();
  return numberText.test(text) ? Number(text) : Number.NaN;
}

function shown(cell: unknown): string {
  return inspect(cell, { depth: 0 }).slice(0, 60);
}
