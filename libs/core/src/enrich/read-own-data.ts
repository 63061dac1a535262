import type { OwnDataDeclaration } from '../domain/feature-set.ts';
import { type CellValue, keyCell, monthCell, numberCell } from '../tables/cell-values.ts';
import { checkHeader } from '../tables/check-header.ts';
import { createDataProblems, type DataProblems } from '../tables/data-problems.ts';
import type { RawTable, TableFile } from '../tables/raw-table.ts';
import { readColumnNames, readTable } from '../tables/read-table.ts';
import { indexOwnData } from './index-own-data.ts';
import { columnsOfOwnData, type OwnDataSet, ownDataKey, relativeColumn } from './own-data-set.ts';

const whatStays = 'Mend what is named above. The last good data stays in use where there is any.';

/**
 * Reads one file of own data and proves it fit to be joined: all declared columns, numbers where
 * numbers belong, one row for each key and month.
 *
 * @throws MispricedError `DATA_INVALID` with every problem and its line at once.
 */
export async function readOwnData(
  file: TableFile & { readonly declaration: OwnDataDeclaration },
): Promise<OwnDataSet> {
  const { declaration, where } = file;
  const problems = createDataProblems(`own data ${where}`, whatStays);
  const wanted = columnsOfOwnData(declaration);
  checkHeader({ names: await readColumnNames(file, 'own data'), wanted, problems });
  checkDerivedNames(declaration, problems);
  problems.throwIfAny();

  const table = await readTable({ file, what: 'own data', wanted, onProblem: problems.add });
  if (table.rowCount === 0) problems.add('it has no rows');
  const rows = {
    keys: readKeys(table, declaration, problems),
    months:
      declaration.date === null
        ? Array.from({ length: table.rowCount }, () => null)
        : readCells({ table, column: declaration.date.ownColumn, read: monthCell, problems }),
    values: new Map(
      declaration.columns.map((column) => [
        column,
        readCells({ table, column, read: numberCell, problems }),
      ]),
    ),
  };
  const rowsByKey = indexOwnData({ ...rows, declaration, place: table.place, problems });
  problems.throwIfAny();
  return { declaration, where, rowCount: table.rowCount, rowsByKey };
}

function checkDerivedNames(declaration: OwnDataDeclaration, problems: DataProblems): void {
  for (const column of declaration.columns) {
    if (declaration.date !== null && declaration.columns.includes(relativeColumn(column))) {
      problems.add(`the column "${relativeColumn(column)}" has the name of a derived one`);
    }
  }
}

function readKeys(
  table: RawTable,
  declaration: OwnDataDeclaration,
  problems: DataProblems,
): (string | null)[] {
  const parts = declaration.keys.map((key) =>
    readCells({ table, column: key.ownColumn, read: keyCell, problems }),
  );
  return Array.from({ length: table.rowCount }, (_, row) => {
    const texts = parts.map((column) => column[row] ?? null).filter((text) => text !== null);
    return texts.length === parts.length ? ownDataKey(texts) : null;
  });
}

/** The cells of a column; null also stands for one that was named as a problem. */
function readCells<Value>(args: {
  table: RawTable;
  column: string;
  read: (cell: unknown) => CellValue<Value>;
  problems: DataProblems;
}): (Value | null)[] {
  return (args.table.columns.get(args.column) ?? []).map((cell, row) => {
    const result = args.read(cell);
    if ('value' in result) return result.value;
    args.problems.add(`${args.table.place(row)}, ${args.column}: ${result.problem}`, args.column);
    return null;
  });
}
