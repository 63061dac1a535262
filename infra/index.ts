// What the program answers with becomes the stack's outputs.
export { environmentProgram as default } from './src/program.ts';
