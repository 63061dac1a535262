export * from './azurite.ts';
export * from './fixtures.ts';
export * from './secret-forms.ts';
