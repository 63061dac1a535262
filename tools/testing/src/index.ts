export * from './azurite.ts';
export * from './fixtures.ts';
export * from './plain-environment.ts';
export * from './secret-forms.ts';
export { provesAll, provesNightly } from './proves-all.ts';
