export * from './find-pulumi.ts';
export type * from './found-pulumi.ts';
