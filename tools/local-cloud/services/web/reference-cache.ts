import type { Resolution } from './resolution.ts';

interface Kept {
  readonly text: string;
  readonly at: number;
  readonly resolution: Resolution;
}

const refetchMilliseconds = 24 * 3_600_000;

/**
 * What sites fetched from vaults. As on Azure it is fetched again after a day, after any change of
 * configuration and when asked to. In memory alone: nothing of a secret is kept with a site.
 */
export interface ReferenceCache {
  find(args: { siteId: string; name: string; text: string }): Resolution | undefined;
  keep(args: { siteId: string; name: string; text: string; resolution: Resolution }): void;
  forget(siteId: string): void;
}

/** An empty cache. */
export function makeReferenceCache(clock: () => Date): ReferenceCache {
  const sites = new Map<string, Map<string, Kept>>();
  return {
    find: ({ siteId, name, text }) => {
      const known = sites.get(siteId.toLowerCase())?.get(name);
      const isFresh = known?.text === text && clock().getTime() - known.at < refetchMilliseconds;
      return isFresh ? known.resolution : undefined;
    },
    keep: ({ siteId, name, text, resolution }) => {
      const site = sites.get(siteId.toLowerCase()) ?? new Map<string, Kept>();
      site.set(name, { text, at: clock().getTime(), resolution });
      sites.set(siteId.toLowerCase(), site);
    },
    forget: (siteId) => {
      sites.delete(siteId.toLowerCase());
    },
  };
}
