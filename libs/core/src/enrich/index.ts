export { enrich } from './enrich.ts';
export { matchOwnData, readAllOwnData } from './match-own-data.ts';
export { type OwnDataRow, type OwnDataSet, ownDataKey, relativeColumn } from './own-data-set.ts';
export { readOwnData } from './read-own-data.ts';
