import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  demoMarketSeed,
  generateLoans,
  stateUnemploymentToCsv,
  zip3IncomeToCsv,
} from '@mispriced/market/lendingclub/generator';
import { demoModelFolder } from '@mispriced/train';

/** What `deploy --bootstrap` is given: files of the simulated country, so all invented. */
export interface DemoFiles {
  readonly modelFolder: string;
  /** By the names of their sets. */
  readonly ownData: Readonly<Record<string, string>>;
  /** A listing for environments that replay one. */
  readonly listing: string;
}

/**
 * Writes the own data of this month and the market's listing of this moment into a folder.
 *
 * @param args.market What reaches the simulated market.
 */
export async function demoFiles(args: {
  folder: string;
  market: { readonly url: string; readonly key: string };
  today: Date;
}): Promise<DemoFiles> {
  const { folder, market } = args;
  await mkdir(folder, { recursive: true });
  const { stateUnemployment, zip3Income } = generateLoans({
    seed: demoMarketSeed,
    firstMonth: args.today.toISOString().slice(0, 10),
    months: 1,
    loansPerMonth: 1,
  });
  const file = (name: string): string => join(folder, name);
  await writeFile(file('unemployment.csv'), stateUnemploymentToCsv(stateUnemployment));
  await writeFile(file('income.csv'), zip3IncomeToCsv(zip3Income));
  const listed = await fetch(`${market.url}/api/investor/v1/loans/listing?showAll=true`, {
    headers: { authorization: market.key, accept: 'application/json' },
  });
  if (!listed.ok) throw new Error(`The simulated market answered ${listed.status}.`);
  await writeFile(file('listing.json'), await listed.text());
  return {
    modelFolder: demoModelFolder,
    ownData: {
      'state-unemployment': file('unemployment.csv'),
      'zip3-income': file('income.csv'),
    },
    listing: file('listing.json'),
  };
}
