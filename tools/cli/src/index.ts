export type { CommandDependencies } from './command-dependencies.ts';
export { runProgram } from './program.ts';
