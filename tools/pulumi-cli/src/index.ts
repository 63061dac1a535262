export * from './automation-command.ts';
export * from './find-pulumi.ts';
export type * from './found-pulumi.ts';
