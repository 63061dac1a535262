import {
  checkHeader,
  createDataProblems,
  dayCell,
  readColumnNames,
  readTable,
  type CalendarDate,
  type FeatureSet,
} from '@mispriced/core';
import { issuedOf, loanColumns } from './loan-columns.ts';
import type { SourceFile } from './source-file.ts';
import { refuseRepeatedIds } from './refuse-repeated-ids.ts';
import { typeLoans } from './type-loans.ts';
import type { TypedColumn } from './typed-column.ts';

const what = 'loan file';

/** The wanted loans of a file, every value of the type that the features declare. */
export interface TypedLoans {
  readonly columns: readonly TypedColumn[];
  readonly rowCount: number;
  /** The earliest day of issue in the whole file; null where it has no loan. */
  readonly firstIssued: CalendarDate | null;
}

/**
 * Reads a loan file for training: what the features declare and, where `outcome`, how the loans ended.
 * Days of issue are checked in all rows, everything else in those that are wanted.
 *
 * @param isWanted Says by its day of issue whether a loan is used.
 * @throws MispricedError `DATA_INVALID` with every problem, its line, column and value at once.
 */
export async function readLoans(args: {
  file: SourceFile;
  features: FeatureSet;
  outcome: boolean;
  isWanted: (issued: CalendarDate) => boolean;
}): Promise<TypedLoans> {
  const { file, features, outcome } = args;
  const problems = createDataProblems(`${what} ${file.where}`);
  const wanted = loanColumns(features, outcome);
  checkHeader({ names: await readColumnNames(file, what), wanted, problems });
  problems.throwIfAny();
  const table = await readTable({ file, what, wanted, onProblem: problems.add });
  if (table.rowCount === 0) problems.add('it has no rows');
  const issued = (table.columns.get(issuedOf) ?? []).map((cell, row) => {
    const day = dayCell(cell);
    const said = 'problem' in day ? day.problem : day.value === null && 'the date is empty';
    if (typeof said === 'string') {
      problems.add(`${table.place(row)}, ${issuedOf}: ${said}`, issuedOf);
    }
    return 'problem' in day ? null : day.value;
  });
  const rows = issued.flatMap((day, row) => (day !== null && args.isWanted(day) ? [row] : []));
  const columns = typeLoans({ table, rows, issued, features, outcome, problems });
  refuseRepeatedIds({
    ids: columns[0]?.data ?? [],
    place: (at) => table.place(rows[at] ?? 0),
    problems,
  });
  problems.throwIfAny();
  const days = issued.filter((day) => day !== null);
  const first = days.reduce<CalendarDate | null>(
    (least, day) => (least === null || day < least ? day : least),
    null,
  );
  return { columns, rowCount: rows.length, firstIssued: first };
}
