// Pulumi runs what a program exports by default, and takes its answer as the stack's outputs.
export { environmentProgram as default } from './src/program.ts';
