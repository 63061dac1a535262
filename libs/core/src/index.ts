export * from './domain/index.ts';
export * from './venues/http/index.ts';
export * from './venues/lendingclub/index.ts';
export * from './venues/replay/index.ts';
export * from './enrich/index.ts';
export * from './score/index.ts';
