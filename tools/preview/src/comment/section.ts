/** A part of the comment. Only its rows can be many; when space is short, the last ones go. */
export interface Section {
  /** What stands before the rows. */
  readonly head: readonly string[];
  readonly rows: readonly string[];
  /** What one row is, such as `resource`. */
  readonly noun: string;
}

/** A section without rows. */
export function lines(...head: readonly string[]): Section {
  return { head, rows: [], noun: '' };
}

/** A number of things: `1 finding`, `2 findings`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
