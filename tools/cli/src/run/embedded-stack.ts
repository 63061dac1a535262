import { join, resolve } from 'node:path';
import type { Override } from '@mispriced/config';
import { parseCalendarDate, type MispricedError, type ObjectStore } from '@mispriced/core';
import { readLoanFile } from '@mispriced/market/lendingclub';
import { generateMonth, startEmbeddedMarket } from './embedded-market.ts';
import { startEmbeddedStorage } from './embedded-storage.ts';
import { ownDataOverrides } from './own-data-overrides.ts';
import { demoModelName, placeDemoModel, placeGeneratedOwnData } from './place-demo.ts';
import { readManifestText } from './read-manifest-text.ts';
import type { RunOptions } from './run-options.ts';

/** The embedded stack while it is up. */
export interface EmbeddedStack {
  /** The settings that lead the strategy to it; they hold the key of its storage. */
  readonly overrides: readonly Override[];
  /** Where its market is: one that was started, or the one that was given. */
  readonly marketUrl: string;
  /** Why the files of `--own-data` cannot be used. */
  readonly ownDataProblem: MispricedError | null;
  /** What the strategy keeps: ledger, archive, models, own data. */
  readonly objects: ObjectStore;
  readonly storageConnectionString: string;
  close(): Promise<void>;
}

const defaultCash = '10000.00';

/**
 * Puts everything in its place that a run needs and a laptop has not: Blob storage (Azurite), a
 * simulated market on loopback (unless an address is given), the demo model in the registry, own data
 * in its store.
 *
 * @param slot The moment the run is for: the market lists the loans of its month.
 */
export async function startEmbeddedStack(args: {
  options: RunOptions;
  stateFolder: string;
  workingFolder: string;
  slot: Date;
  onProgress: (message: string) => void;
}): Promise<EmbeddedStack> {
  const { options, workingFolder, onProgress } = args;
  const day = parseCalendarDate(options.asOf ?? args.slot.toISOString());
  const path = (text: string): string => resolve(workingFolder, text);
  const storage = await startEmbeddedStorage(args.stateFolder);
  onProgress(`storage (Azurite) keeps its data in ${args.stateFolder}`);
  const overrides: Override[] = [
    { key: 'storage.kind', value: 'blob' },
    { key: 'storage.connection_string', value: storage.connectionString },
    { key: 'model.name', value: demoModelName },
  ];
  let ownDataProblem: MispricedError | null = null;
  let closeMarket = (): Promise<void> => Promise.resolve();
  let { marketUrl } = options;
  try {
    const generated = generateMonth(options.seed, day);
    if (options.model === undefined && (await placeDemoModel(storage.objects, 'embedded'))) {
      onProgress('published the demo model and made it live');
    }
    if (options.ownData.length === 0) {
      if (options.listings !== undefined) {
        onProgress(
          'no --own-data is given: the loans of your file are joined with generated own data, which knows nothing of them',
        );
      }
      await placeGeneratedOwnData(storage.objects, generated);
      onProgress('published generated own data: unemployment by state, income by zip code');
    } else {
      const given = await ownDataOverrides(options.ownData.map(path), () =>
        readManifestText({
          directory: options.model === undefined ? undefined : path(options.model),
          openObjects: () => Promise.resolve(storage.objects),
          name: demoModelName,
          stage: 'embedded',
        }),
      );
      overrides.push(...given.overrides);
      ownDataProblem = given.problem;
    }
    if (marketUrl === undefined) {
      const { listings } = options;
      const listed = listings === undefined ? null : await readLoanFile(path(listings));
      const started = await startEmbeddedMarket({
        loans: listed?.rows ?? generated.loans,
        placeOfLoan: listed?.place,
        day,
        cash: options.cash ?? defaultCash,
        seed: options.seed,
        // The ledger says what the account holds, so that both outlive the run or neither does.
        stateFile: join(args.stateFolder, 'market.json'),
      });
      closeMarket = () => started.market.close();
      marketUrl = started.market.url;
      overrides.push(...started.overrides);
      onProgress(
        `the simulated market lists the loans of ${day.slice(0, 7)} on ${started.market.url}`,
      );
    }
  } catch (error) {
    await storage.close();
    throw error;
  }
  return {
    overrides,
    marketUrl,
    ownDataProblem,
    objects: storage.objects,
    storageConnectionString: storage.connectionString,
    close: async () => {
      await closeMarket();
      await storage.close();
    },
  };
}
