export * from '../services/market/index.ts';
