import { readFile } from 'node:fs/promises';
import type { LoadedConfig } from '@mispriced/config';
import {
  createLendingClubVenue,
  createReplayVenue,
  MispricedError,
  parseMoney,
  venueLimits,
  type ObjectStore,
  type Venue,
} from '@mispriced/core';

/** What the market's client takes from the world. */
export interface VenueDependencies {
  readonly fetch: typeof fetch;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly random: () => number;
}

const blobPrefix = 'blob:';
/** What a replayed account may spend where no limit on cash is set, in dollars. */
const replayedCash = '10000.00';

/**
 * Opens the market that the configuration names.
 *
 * @throws MispricedError `CONFIG_INVALID` where something it needs is not set.
 */
export async function openVenue(args: {
  config: LoadedConfig;
  objects: ObjectStore;
  dependencies: VenueDependencies;
}): Promise<Venue> {
  const { config, objects, dependencies } = args;
  const { venue, limits, tradingApiKey } = config.values;
  if (venue.name === 'replay') {
    const where = needed(venue.listing, 'venue.listing');
    return createReplayVenue({
      venue: 'lendingclub',
      listingText: await readListing(where, objects),
      where,
      availableCash: parseMoney(limits.cash ?? replayedCash),
    });
  }
  return createLendingClubVenue({
    baseUrl: needed(venue.url, 'venue.url'),
    accountId: needed(venue.accountId, 'venue.account_id'),
    accessKey: needed(tradingApiKey, 'trading_api_key'),
    accessKeyName: 'trading_api_key',
    requestsPerSecond: venue.requestsPerSecond ?? venueLimits.requestsPerSecond,
    timeoutSeconds: venue.timeoutSeconds,
    fetch: dependencies.fetch,
    sleep: dependencies.sleep,
    random: dependencies.random,
    nowMilliseconds: () => performance.now(),
    timeoutSignal: (milliseconds) => AbortSignal.timeout(milliseconds),
  });
}

async function readListing(where: string, objects: ObjectStore): Promise<string> {
  if (!where.startsWith(blobPrefix)) {
    return readFile(where, 'utf8').catch((cause: unknown) => {
      throw listingMissing(where, cause);
    });
  }
  const [container = '', ...path] = where.slice(blobPrefix.length).split('/');
  const stored = await objects.read(container, path.join('/'));
  if (stored === null) throw listingMissing(where);
  return new TextDecoder().decode(stored.bytes);
}

function listingMissing(where: string, cause?: unknown): MispricedError {
  return new MispricedError({
    code: 'DATA_MISSING',
    message: `The listing to replay, ${where}, cannot be read.`,
    fix: 'Set venue.listing to an archived listing: runs/<runId>/listing.json.',
    cause,
  });
}

function needed<Value>(value: Value | undefined, key: string): Value {
  if (value !== undefined) return value;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `${key} is not set.`,
    fix: `Set ${key}; \`npx mispriced config explain\` shows what is set and where.`,
  });
}
