import { CsvError, parse } from 'csv-parse/sync';
import { type CalendarDate, parseCalendarDate } from '../domain/calendar-date.ts';
import type { AttributeValue } from '../domain/listing.ts';
import type { FeatureSource } from './feature-value.ts';
import { modelCorrupt } from './model-errors.ts';

/** A listing of the parity set, with what training made of it. */
export interface ParityRow {
  readonly source: FeatureSource;
  readonly asOf: CalendarDate;
  readonly price: number;
  readonly group: string;
  readonly q: number;
  readonly r: number;
}

const numberText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a parity set: columns `id`, `asOf`, `price`, `group`, `q`, `r`; a listing's values as
 * `number:<API field>` or `text:<API field>`; own values as `own:<set>:<column>`. An empty cell is
 * missing.
 *
 * @throws MispricedError `MODEL_CORRUPT` for a file of another shape.
 */
export function parseParityRows(text: string, where: string): readonly ParityRow[] {
  let records: readonly Readonly<Record<string, string>>[];
  try {
    records = parse<Record<string, string>>(text, { columns: true });
  } catch (thrown) {
    const reason = thrown instanceof CsvError ? thrown.message : 'not CSV';
    throw modelCorrupt(where, `parity.csv cannot be read: ${reason}`, thrown);
  }
  return records.map((record, index) => {
    try {
      return parseRow(record);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw modelCorrupt(where, `parity.csv, row ${index + 1}: ${reason}`, thrown);
    }
  });
}

function parseRow(record: Readonly<Record<string, string>>): ParityRow {
  const attributes: Record<string, AttributeValue> = {};
  const own: Record<string, Record<string, AttributeValue>> = {};
  for (const [column, cell] of Object.entries(record)) {
    const [kind, name = '', ...rest] = column.split(':');
    if (kind === 'number') attributes[name] = cell === '' ? null : numberOf(cell, column);
    if (kind === 'text') attributes[name] = cell === '' ? null : cell;
    if (kind === 'own') {
      (own[name] ??= {})[rest.join(':')] = cell === '' ? null : numberOf(cell, column);
    }
  }
  return {
    source: { id: textOf(record, 'id'), attributes, own },
    asOf: parseCalendarDate(textOf(record, 'asOf')),
    price: numberOf(textOf(record, 'price'), 'price'),
    group: textOf(record, 'group'),
    q: numberOf(textOf(record, 'q'), 'q'),
    r: numberOf(textOf(record, 'r'), 'r'),
  };
}

function textOf(record: Readonly<Record<string, string>>, column: string): string {
  const cell = record[column];
  if (cell === undefined || cell === '') throw new Error(`it has no ${column}`);
  return cell;
}

function numberOf(cell: string, column: string): number {
  const value = numberText.test(cell) ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value)) throw new Error(`${column} is ${JSON.stringify(cell)}, no number`);
  return value;
}
