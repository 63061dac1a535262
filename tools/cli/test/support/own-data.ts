import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeGeneratedMarket } from '@mispriced/market/lendingclub/generator';
import { generateMonth } from '../../src/run/embedded-market.ts';

/** The files of the own data that a model for LendingClub asks for. */
export interface OwnDataPaths {
  readonly unemployment: string;
  readonly income: string;
}

let generated: Promise<OwnDataPaths> | null = null;

/** The setting `own_data`; without files of its own, those of the generated market. */
export async function ownDataOf(
  paths?: OwnDataPaths,
): Promise<readonly Readonly<Record<'name' | 'file' | 'format', string>>[]> {
  generated ??= writeOwnData();
  const { unemployment, income } = paths ?? (await generated);
  return [
    { name: 'state-unemployment', file: unemployment, format: 'csv' },
    { name: 'zip3-income', file: income, format: 'csv' },
  ];
}

async function writeOwnData(): Promise<OwnDataPaths> {
  const folder = await mkdtemp(join(tmpdir(), 'mispriced-test-'));
  // The generated country's history is the same whichever month is listed last.
  const { ownDataPaths } = await writeGeneratedMarket(folder, generateMonth(1, '2026-02-01'));
  const [unemployment, income] = ownDataPaths;
  return { unemployment, income };
}
