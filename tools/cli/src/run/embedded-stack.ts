import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Override } from '@mispriced/config';
import {
  asMispricedError,
  parseCalendarDate,
  parseModelManifest,
  type FeatureSet,
  type MispricedError,
} from '@mispriced/core';
import { openFolder } from '@mispriced/strategy';
import { generateMonth, readListings, startEmbeddedMarket } from './embedded-market.ts';
import { ownDataOverrides } from './own-data-overrides.ts';
import {
  demoModelName,
  placeDemoModel,
  placeGeneratedOwnData,
  readLiveManifest,
} from './place-demo.ts';
import type { RunOptions } from './run-options.ts';

/** The embedded stack while it is up. */
export interface EmbeddedStack {
  /** The settings that lead the strategy to it. */
  readonly overrides: readonly Override[];
  /** Why the files of `--own-data` cannot be used: the run fails with it, and so it is recorded. */
  readonly ownDataProblem: MispricedError | null;
  close(): Promise<void>;
}

const defaultCash = '10000.00';

/**
 * Puts everything in its place that a run needs and a laptop has not: a simulated market on loopback
 * (unless an address is given), the demo model in the registry, own data in its store.
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
  const { options, stateFolder, workingFolder, onProgress } = args;
  const day = parseCalendarDate(options.asOf ?? args.slot.toISOString());
  const generated = generateMonth(options.seed, day);
  const objects = openFolder(stateFolder);
  const overrides: Override[] = [
    { key: 'storage.kind', value: 'file' },
    { key: 'storage.path', value: stateFolder },
    { key: 'model.name', value: demoModelName },
  ];
  let ownDataProblem: MispricedError | null = null;
  if (options.model === undefined && (await placeDemoModel(objects, 'embedded'))) {
    onProgress('published the demo model and made it live');
  }
  if (options.ownData.length === 0) {
    await placeGeneratedOwnData(objects, generated);
  } else {
    const features = await readFeatures(
      options.model === undefined
        ? readLiveManifest(objects, 'embedded')
        : readFile(join(resolve(workingFolder, options.model), 'manifest.json'), 'utf8'),
    );
    const paths = options.ownData.map((path) => resolve(workingFolder, path));
    try {
      if (features !== null) overrides.push(...(await ownDataOverrides(paths, features)));
    } catch (error) {
      ownDataProblem = asMispricedError(error);
    }
  }
  if (options.marketUrl !== undefined) {
    return { overrides, ownDataProblem, close: () => Promise.resolve() };
  }

  const loans =
    options.listings === undefined
      ? generated.loans
      : await readListings(resolve(workingFolder, options.listings));
  const { market, overrides: leadToMarket } = await startEmbeddedMarket({
    loans,
    day,
    cash: options.cash ?? defaultCash,
    seed: options.seed,
  });
  onProgress(
    `the simulated market listens on ${market.url} and lists the loans of ${day.slice(0, 7)}`,
  );
  return {
    overrides: [...overrides, ...leadToMarket],
    ownDataProblem,
    close: () => market.close(),
  };
}

/** A model's features, or null where its manifest cannot be read: the run itself says why then. */
async function readFeatures(manifestText: Promise<string>): Promise<FeatureSet | null> {
  try {
    return parseModelManifest(JSON.parse(await manifestText), 'manifest.json').features;
  } catch {
    return null;
  }
}
