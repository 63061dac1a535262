import { proveStack } from './prove-stack.ts';

proveStack('pr-12');
