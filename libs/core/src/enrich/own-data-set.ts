import type { OwnDataDeclaration } from '../domain/feature-set.ts';

/** One row of an own data set. */
export interface OwnDataRow {
  /** The month it is of, as months since year 0; null in a static set. */
  readonly month: number | null;
  /**
   * Values by column; null where the cell is empty. In a dated set each column has a companion
   * `<column>_relative`: the value less the mean over all keys with a value in the same month.
   */
  readonly values: Readonly<Record<string, number | null>>;
}

/** An own data file in memory, checked and indexed. */
export interface OwnDataSet {
  readonly declaration: OwnDataDeclaration;
  /** The file it came from, for messages and reports. */
  readonly where: string;
  readonly rowCount: number;
  /** The rows of each key, oldest first. Keys are made by `ownDataKey`. */
  readonly rowsByKey: ReadonlyMap<string, readonly OwnDataRow[]>;
}

/** The name of a column's companion relative to its month. */
export function relativeColumn(column: string): string {
  return `${column}_relative`;
}

/** The columns by which a file is known to be of this set. */
export function columnsOfOwnData(declaration: OwnDataDeclaration): readonly string[] {
  return [
    ...declaration.keys.map((key) => key.ownColumn),
    ...(declaration.date === null ? [] : [declaration.date.ownColumn]),
    ...declaration.columns,
  ];
}

/** One text for the parts of a key, such that different parts make different texts. */
export function ownDataKey(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] ?? '') : JSON.stringify(parts);
}
