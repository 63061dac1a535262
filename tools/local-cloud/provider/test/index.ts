export * from './small-arm.ts';
export * from './temporary-stack.ts';
