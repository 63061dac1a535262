export * from './ledger-state.ts';
export * from './order-transitions.ts';
export * from './reconcile.ts';
export * from './release.ts';
