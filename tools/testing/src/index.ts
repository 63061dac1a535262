export * from './azurite.ts';
export * from './fixtures.ts';
