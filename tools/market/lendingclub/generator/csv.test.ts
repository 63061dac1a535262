import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fixturesFolder } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';
import { loansToCsv, stateUnemploymentToCsv, zip3IncomeToCsv } from './csv.ts';
import { generateLoans } from './generate-loans.ts';
import { loanColumns } from './loan-row.ts';

const fixtures = fixturesFolder();
const market = generateLoans({ seed: 2, firstMonth: '2008-01', months: 1, loansPerMonth: 500 });

function parse(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trimEnd().split('\n');
  const columns = header?.split(',') ?? [];
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '(none)']));
  });
}

describe('CSV files', () => {
  it('read back to what was generated', () => {
    expect(parse(loansToCsv(market.loans))).toEqual(market.loans);
    expect(parse(stateUnemploymentToCsv(market.stateUnemployment))).toEqual(
      market.stateUnemployment,
    );
    expect(parse(zip3IncomeToCsv(market.zip3Income))).toEqual(market.zip3Income);
  });

  it('need no quoting', () => {
    expect(loansToCsv(market.loans)).not.toMatch(/["\r]/);
  });

  it('spell a value as the real files do', () => {
    const [header, first] = stateUnemploymentToCsv(market.stateUnemployment).split('\n');
    expect(header).toBe('month,state,unemployment_rate');
    expect(first).toMatch(/^2000-01-01,AK,\d+\.\d$/);
    expect(zip3IncomeToCsv(market.zip3Income)).toMatch(/^zip3,median_income\n\d{3},\d+\.0\n/);
    expect(market.loans[0]?.zip_code).toMatch(/^\d{3}xx$/);
  });

  it.skipIf(fixtures === null)('have the columns of the real files', () => {
    const real = (name: string): Buffer => readFileSync(join(fixtures ?? '', 'data', name));
    const headerOf = (text: string): string | undefined => text.split(/\r?\n/)[0];
    const loans = gunzipSync(real('lendingclub_2007_2010.csv.gz')).toString('utf8');
    expect(headerOf(loans)).toBe(loanColumns.join(','));
    expect(headerOf(stateUnemploymentToCsv([]))).toBe(
      headerOf(real('state_unemployment_monthly_2006_2019.csv').toString('utf8')),
    );
    expect(headerOf(zip3IncomeToCsv([]))).toBe(
      headerOf(real('zip3_median_income.csv').toString('utf8')),
    );
  });
});
