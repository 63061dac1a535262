export * from './decide.ts';
export * from './format-decisions-csv.ts';
export * from './parse-decisions-csv.ts';
