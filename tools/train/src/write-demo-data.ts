import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { generateLoans, writeGeneratedMarket } from '@mispriced/market/lendingclub/generator';
import { demoMarket } from './demo-model.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'data' } } });

const { loansPath, ownDataPaths } = await writeGeneratedMarket(
  resolve(values.out),
  generateLoans(demoMarket),
);
console.log(['Generated, so invented:', loansPath, ...ownDataPaths].join('\n  '));
