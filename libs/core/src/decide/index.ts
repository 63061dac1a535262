export * from './decide.ts';
export type * from './decision-request.ts';
export * from './format-decisions-csv.ts';
export * from './parse-decisions-csv.ts';
