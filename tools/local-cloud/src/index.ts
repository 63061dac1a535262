export * from '../services/functions/index.ts';
