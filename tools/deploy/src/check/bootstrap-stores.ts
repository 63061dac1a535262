import { readFile } from 'node:fs/promises';
import type { LoadedConfig } from '@mispriced/config';
import {
  createModelRegistry,
  createOwnDataStore,
  loadModel,
  MispricedError,
  tableFormatOf,
  type ObjectStore,
} from '@mispriced/core';
import { readModelFolder } from '@mispriced/strategy';

/** What is at hand for an environment's stores. */
export interface BootstrapFiles {
  readonly modelFolder: string | null;
  /** Own data files by the name of their set. */
  readonly ownData: Readonly<Record<string, string>>;
  /** A listing for an environment that replays one. */
  readonly listingFile: string | null;
}

/**
 * Publishes what is at hand where an environment has nothing yet: a live model, a data set or a
 * listing that is there is never replaced.
 *
 * Needs Storage Blob Data Contributor on the account.
 *
 * @returns What was published, one line each.
 * @throws MispricedError where a file cannot be read or a model fails its checks.
 */
export async function bootstrapStores(args: {
  config: LoadedConfig;
  objects: ObjectStore;
  given: BootstrapFiles;
}): Promise<readonly string[]> {
  const { config, objects, given } = args;
  const { stage, values } = config;
  const now = (): Date => new Date();
  const done: string[] = [];
  const registry = createModelRegistry({ objects, now });
  if (given.modelFolder !== null && (await registry.live(values.model.name, stage)) === null) {
    const bundle = await readModelFolder(given.modelFolder);
    await (await loadModel({ bundle, where: given.modelFolder })).close();
    const { name, version } = await registry.publish(bundle);
    await registry.promote({ name, version, stage });
    done.push(`the model ${name} ${version} is live in ${stage}`);
  }
  const ownData = createOwnDataStore({ objects, now });
  for (const [set, file] of Object.entries(given.ownData)) {
    if ((await ownData.live(set)) !== null) continue;
    const published = await ownData.publish({
      set,
      bytes: await readGiven(file),
      format: formatOf(file),
    });
    done.push(`own data ${published.path}`);
  }
  const listing = /^blob:([^/]+)\/(.+)$/.exec(values.venue.listing ?? '');
  if (given.listingFile !== null && listing !== null) {
    const [, container = '', path = ''] = listing;
    if ((await objects.read(container, path)) === null) {
      await objects.write(container, path, await readGiven(given.listingFile), 'absent');
      done.push(`the listing ${container}/${path}`);
    }
  }
  return done;
}

async function readGiven(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new MispricedError({
      code: 'DATA_MISSING',
      message: `${file} cannot be read.`,
      fix: 'Check the path.',
      cause: error,
    });
  }
}

function formatOf(file: string): 'csv' | 'parquet' {
  const format = tableFormatOf(file);
  if (format !== null) return format;
  throw new MispricedError({
    code: 'DATA_INVALID',
    message: `${file} is neither CSV nor Parquet by its name.`,
    fix: 'Give a file that ends with .csv, .csv.gz or .parquet.',
  });
}
