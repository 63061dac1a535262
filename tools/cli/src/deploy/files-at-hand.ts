import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@mispriced/azure';
import { Secret } from '@mispriced/config';
import { createLendingClubVenue } from '@mispriced/core';
import type { BootstrapFiles } from '@mispriced/deploy';
import { writeGeneratedMarket } from '@mispriced/market/lendingclub/generator';
import { demoModelFolder } from '@mispriced/train';
import { generateMonth, startEmbeddedMarket } from '../run/embedded-market.ts';
import { stageOf } from '../stack-config.ts';

/** Stages that are for trying things out: what is simulated does no harm there. */
const forTrial: readonly string[] = ['local', 'dev', 'preview'];

/**
 * Completes what an environment for trial is to begin with by what the repository brings along: the
 * demo model, generated own data, and a listing of the simulated market. Production and staging begin
 * with what is given and nothing else.
 */
export async function withFilesAtHand<Result>(args: {
  given: BootstrapFiles;
  stack: string;
  onProgress: (message: string) => void;
  work: (files: BootstrapFiles) => Promise<Result>;
}): Promise<Result> {
  const { given, stack, onProgress, work } = args;
  const isComplete =
    given.modelFolder !== null &&
    Object.keys(given.ownData).length > 0 &&
    given.listingFile !== null;
  if (isComplete || !forTrial.includes(stageOf(stack))) return work(given);
  onProgress(
    'what is not given and not there yet is simulated: the demo model, generated own data and listing',
  );
  const folder = await mkdtemp(join(tmpdir(), 'mispriced-at-hand-'));
  try {
    return await work(await complete(given, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function complete(given: BootstrapFiles, folder: string): Promise<BootstrapFiles> {
  const generated = generateMonth(1, new Date().toISOString().slice(0, 10));
  const { ownDataPaths } = await writeGeneratedMarket(folder, generated);
  const [unemployment, income] = ownDataPaths;
  const simulated = { 'state-unemployment': unemployment, 'zip3-income': income };
  return {
    modelFolder: given.modelFolder ?? demoModelFolder,
    ownData: Object.keys(given.ownData).length > 0 ? given.ownData : simulated,
    listingFile: given.listingFile ?? (await writeListing(folder, generated.loans)),
  };
}

/** What the simulated market would list today, as a run archives it. */
async function writeListing(
  folder: string,
  loans: Parameters<typeof startEmbeddedMarket>[0]['loans'],
): Promise<string> {
  const day = new Date().toISOString().slice(0, 10);
  const { market, access } = await startEmbeddedMarket({ loans, day, cash: '10000.00', seed: 1 });
  try {
    const venue = createLendingClubVenue({
      ...access,
      accessKeyName: 'trading_api_key',
      timeoutSeconds: 30,
      fetch,
      accessKey: new Secret(access.accessKey),
      sleep: systemClock.sleep,
      random: Math.random,
      nowMilliseconds: () => performance.now(),
      timeoutSignal: (milliseconds) => AbortSignal.timeout(milliseconds),
    });
    const { received } = await venue.listSecurities();
    const file = join(folder, 'listing.json');
    await writeFile(file, JSON.stringify(received));
    return file;
  } finally {
    await market.close();
  }
}
