import { csvParseRows } from 'd3-dsv';
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
  const [header = [], ...rows] = csvParseRows(text);
  const cells = readHeader(header);
  return rows.map((row, index) => {
    if (row.length !== header.length) {
      const problem = `row ${index + 1} has ${row.length} cells under ${header.length} columns`;
      throw modelCorrupt(where, `parity.csv cannot be read: ${problem}`);
    }
    try {
      return parseRow(row, cells);
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      throw modelCorrupt(where, `parity.csv, row ${index + 1}: ${reason}`, thrown);
    }
  });
}

/** Where a row's cells go, by the place of their column. */
interface Cells {
  readonly places: Readonly<Record<string, number>>;
  readonly numbers: readonly Cell[];
  readonly texts: readonly Cell[];
  readonly own: readonly (Cell & { readonly set: string })[];
}

interface Cell {
  readonly name: string;
  readonly column: string;
  readonly place: number;
}

function readHeader(header: readonly string[]): Cells {
  const cells = header.map((column, place) => {
    const [kind, name = '', ...rest] = column.split(':');
    return { kind, column, place, name, rest: rest.join(':') };
  });
  const ofKind = (wanted: string) => cells.filter(({ kind }) => kind === wanted);
  return {
    places: Object.fromEntries(header.map((column, place) => [column, place])),
    numbers: ofKind('number'),
    texts: ofKind('text'),
    own: ofKind('own').map(({ name, rest, ...cell }) => ({ ...cell, set: name, name: rest })),
  };
}

function parseRow(row: readonly string[], cells: Cells): ParityRow {
  const attributes: Record<string, AttributeValue> = {};
  const own: Record<string, Record<string, AttributeValue>> = {};
  for (const cell of cells.numbers) attributes[cell.name] = numberOrNull(row, cell);
  for (const { name, place } of cells.texts) {
    const text = row[place] ?? '';
    attributes[name] = text === '' ? null : text;
  }
  for (const cell of cells.own) (own[cell.set] ??= {})[cell.name] = numberOrNull(row, cell);
  const text = (column: string): string => {
    const cell = row[cells.places[column] ?? -1] ?? '';
    if (cell === '') throw new Error(`it has no ${column}`);
    return cell;
  };
  return {
    source: { id: text('id'), attributes, own },
    asOf: parseCalendarDate(text('asOf')),
    price: numberOf(text('price'), 'price'),
    group: text('group'),
    q: numberOf(text('q'), 'q'),
    r: numberOf(text('r'), 'r'),
  };
}

function numberOrNull(row: readonly string[], { place, column }: Cell): number | null {
  const cell = row[place] ?? '';
  return cell === '' ? null : numberOf(cell, column);
}

function numberOf(cell: string, column: string): number {
  const value = numberText.test(cell) ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value)) throw new Error(`${column} is ${JSON.stringify(cell)}, no number`);
  return value;
}
