export * from './decide/index.ts';
export * from './domain/index.ts';
export * from './risk-curve/index.ts';
export * from './report/index.ts';
