import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GeneratedMarket } from './generate-loans.ts';
import { loanColumns, type LoanRow } from './loan-row.ts';

/** A loan file, in the columns and the spelling of the real one. */
export function loansToCsv(loans: readonly LoanRow[]): string {
  return toCsv(loanColumns, loans);
}

/** The own data file of state unemployment by month. */
export function stateUnemploymentToCsv(rows: GeneratedMarket['stateUnemployment']): string {
  return toCsv(['month', 'state', 'unemployment_rate'], rows);
}

/** The own data file of income by area. */
export function zip3IncomeToCsv(rows: GeneratedMarket['zip3Income']): string {
  return toCsv(['zip3', 'median_income'], rows);
}

/**
 * Writes the three files that training and a run take.
 *
 * @returns Their paths.
 */
export async function writeGeneratedMarket(
  folder: string,
  market: GeneratedMarket,
): Promise<{ loansPath: string; ownDataPaths: readonly [string, string] }> {
  const loansPath = join(folder, 'loans.csv');
  const unemploymentPath = join(folder, 'state-unemployment.csv');
  const incomePath = join(folder, 'zip3-income.csv');
  await mkdir(folder, { recursive: true });
  await writeFile(loansPath, loansToCsv(market.loans));
  await writeFile(unemploymentPath, stateUnemploymentToCsv(market.stateUnemployment));
  await writeFile(incomePath, zip3IncomeToCsv(market.zip3Income));
  return { loansPath, ownDataPaths: [unemploymentPath, incomePath] };
}

/** Nothing that is generated holds a comma, a quote or a line break, so nothing is quoted. */
function toCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Record<Column, string>>[],
): string {
  const lines = rows.map((row) => columns.map((column) => row[column]).join(','));
  return [columns.join(','), ...lines, ''].join('\n');
}
