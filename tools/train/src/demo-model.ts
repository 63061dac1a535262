import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  demoMarketSeed,
  generateLoans,
  writeGeneratedMarket,
} from '@mispriced/market/lendingclub/generator';
import { trainModel, type TrainedModel } from './train-model.ts';

/** The simulated market of the demo model. */
export const demoMarket = {
  seed: demoMarketSeed,
  firstMonth: '2006-01',
  months: 48,
  loansPerMonth: 250,
};

/**
 * Trains the small model that comes with the project, on generated loans only.
 *
 * @throws MispricedError as `trainModel` does.
 */
export async function trainDemoModel(args: {
  outPath: string;
  onProgress?: (line: string) => void;
}): Promise<TrainedModel> {
  const folder = await mkdtemp(join(tmpdir(), 'mispriced-demo-'));
  try {
    const files = await writeGeneratedMarket(folder, generateLoans(demoMarket));
    return await trainModel({
      dataPath: files.loansPath,
      ownDataPaths: files.ownDataPaths,
      issuedBefore: '2010-01-01',
      label: 'charged-off-with-hindsight',
      ...args,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
