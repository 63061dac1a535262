export * from './compose.ts';
export * from './container-names.ts';
export * from './open-objects.ts';
export * from './read-model-folder.ts';
