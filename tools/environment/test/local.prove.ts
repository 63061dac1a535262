import { proveStack } from './prove-stack.ts';

proveStack('local');
