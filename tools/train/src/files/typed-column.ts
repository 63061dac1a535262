/** A column as training takes it: numbers as doubles, all else as text; null is missing. */
export interface TypedColumn {
  readonly name: string;
  readonly type: 'DOUBLE' | 'STRING';
  readonly data: readonly (number | string | null)[];
}

/** Cells that are numbers. */
export function numbers(name: string, data: readonly (number | null)[]): TypedColumn {
  return { name, type: 'DOUBLE', data };
}

/** Cells that are text, days as yyyy-mm-dd. */
export function texts(name: string, data: readonly (string | null)[]): TypedColumn {
  return { name, type: 'STRING', data };
}
