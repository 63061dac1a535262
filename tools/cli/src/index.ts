export type { CommandWorld } from './command-world.ts';
export { runProgram } from './program.ts';
