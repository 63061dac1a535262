/** One loan of a loan file: the text of each cell by the name of its column. */
export type LoanRow = Readonly<Record<string, string>>;

/** A loan file in memory. */
export interface LoanFile {
  readonly rows: readonly LoanRow[];
  /** Where a row stands, for a person: `loans.csv, line 7`. */
  readonly place: (row: number) => string;
}

/** Columns without which a loan can be neither listed nor bought. */
export const requiredColumns = ['loan_id', 'issue_d', 'loan_amnt', 'term', 'int_rate'] as const;
