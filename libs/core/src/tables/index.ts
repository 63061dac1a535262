export { type CellValue, dayCell, idCell, keyCell, monthCell, numberCell } from './cell-values.ts';
export { checkHeader } from './check-header.ts';
export { createDataProblems, type DataProblems } from './data-problems.ts';
export { type RawTable, type TableFile, type TableFormat, tableFormatOf } from './raw-table.ts';
export { readColumnNames, readTable } from './read-table.ts';
export { shownCell, textCell } from './text-cell.ts';
