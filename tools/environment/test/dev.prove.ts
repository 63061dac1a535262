import { proveStack } from './prove-stack.ts';

proveStack('dev');
