import { proveStack } from './prove-stack.ts';

proveStack('staging');
