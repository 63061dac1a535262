export { enrich } from './enrich.ts';
export { matchOwnData, readAllOwnData } from './match-own-data.ts';
export { type OwnDataRow, type OwnDataSet, relativeColumn } from './own-data-set.ts';
export { type OwnDataFile, type OwnDataFormat, ownDataFormatOf } from './raw-table.ts';
export { readOwnData } from './read-own-data.ts';
