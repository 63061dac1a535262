export * from './decide/index.ts';
export * from './domain/index.ts';
export * from './ledger/index.ts';
export * from './orders/index.ts';
export * from './risk-curve/index.ts';
export * from './stores/index.ts';
