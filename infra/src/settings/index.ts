export * from './problem.ts';
export * from './read-settings.ts';
export * from './settings.ts';
