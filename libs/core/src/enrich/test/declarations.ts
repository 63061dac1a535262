import type { FeatureSet, OwnDataDeclaration } from '../../domain/feature-set.ts';

/** Monthly values by state, usable two months later, stale after three more. */
export const monthlyByState: OwnDataDeclaration = {
  name: 'state-unemployment',
  keys: [{ field: 'addrState', column: 'addr_state', ownColumn: 'state' }],
  date: { ownColumn: 'month', lagMonths: 2, staleAfterMonths: 3 },
  columns: ['unemployment_rate'],
};

/** Undated values by the first three digits of the zip code. */
export const staticByZip: OwnDataDeclaration = {
  name: 'zip3-income',
  keys: [{ field: 'addrZip', column: 'zip_code', ownColumn: 'zip3', firstCharacters: 3 }],
  date: null,
  columns: ['median_income'],
};

/** A feature set of these own data sets; its features matter to nobody here. */
export function featureSetOf(...ownData: OwnDataDeclaration[]): FeatureSet {
  return {
    format: 1,
    name: 'test',
    venue: 'lendingclub',
    price: { field: 'intRate', column: 'int_rate', unit: 'percent' },
    group: { field: 'term', column: 'term', unit: 'months' },
    ownData,
    features: [
      {
        name: 'int_rate',
        unit: 'percent',
        group: 'price',
        type: 'number',
        field: 'intRate',
        column: 'int_rate',
        missing: 'drop',
      },
    ],
  };
}

/** Lines as a CSV file in memory. */
export function csvFile(where: string, ...lines: string[]) {
  return {
    where,
    format: 'csv' as const,
    bytes: new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')),
  };
}
