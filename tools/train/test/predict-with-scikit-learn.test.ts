import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateLoans, writeGeneratedMarket } from '@mispriced/market/lendingclub/generator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictWithScikitLearn, pythonForTests } from '../test-support/index.ts';
import { patiently } from './patiently.ts';

const python = await pythonForTests();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predict-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe.skipIf(python === null)('predictWithScikitLearn', patiently, () => {
  it('scores every loan of the month, or says why not', async () => {
    const market = generateLoans({
      seed: 3,
      firstMonth: '2007-01',
      months: 12,
      loansPerMonth: 300,
    });
    const files = await writeGeneratedMarket(folder, market);
    const outPath = join(folder, 'predicted.csv');
    const counts = await predictWithScikitLearn({
      dataPath: files.loansPath,
      ownDataPaths: files.ownDataPaths,
      issuedBefore: '2007-12-01',
      label: 'charged-off-with-hindsight',
      listingsPath: files.loansPath,
      asOf: '2007-12-15',
      outPath,
    });
    const known = new Set(market.zip3Income.map((row) => row.zip3));
    const listed = market.loans.filter((loan) => loan.issue_d === '2007-12-01');
    const expectedDrops = listed.filter((loan) => !known.has(loan.zip_code.slice(0, 3)));
    expect(counts.listed).toBe(300);
    expect(counts.dropped).toEqual({ 'no-own-data': expectedDrops.length });
    expect(expectedDrops.length).toBeGreaterThan(0);

    const [header, ...lines] = (await readFile(outPath, 'utf8')).trimEnd().split('\n');
    expect(header).toBe('id,price,group,q,r,dropped_reason');
    const rows = lines.map((line) => line.split(','));
    expect(rows.map(([id, , group]) => [id, group])).toEqual(
      listed.map((loan) => [loan.loan_id, loan.term]),
    );
    const dropped = new Set(expectedDrops.map((loan) => loan.loan_id));
    for (const [id = '', price, , q, r, reason] of rows) {
      expect(Number(price)).toBeGreaterThan(5);
      expect([q === '', r === '', reason]).toEqual(
        dropped.has(id) ? [true, true, 'no-own-data'] : [false, false, ''],
      );
      expect(Number(q)).toBeLessThan(1);
      expect(Number(r)).toBeLessThan(1);
    }
  });
});
