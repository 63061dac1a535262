import { tryEngine } from './engine-cases.ts';

tryEngine({ whole: true });
