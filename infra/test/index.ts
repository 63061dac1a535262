export * from './record-program.ts';
export * from './stack-kinds.ts';
