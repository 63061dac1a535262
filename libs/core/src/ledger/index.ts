export * from './ledger-state.ts';
