import { tryEnvironment } from './environment-cases.ts';

tryEnvironment({ whole: true });
