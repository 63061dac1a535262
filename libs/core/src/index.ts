export * from './domain/index.ts';
export * from './risk-curve/index.ts';
