import type { Settings } from './settings/settings.ts';

/** The tags that every resource which can have tags must carry. */
export const requiredTags = ['project', 'stack', 'owner', 'commit', 'expiry'] as const;

/** What an account that still has usable keys says of itself; policy allows keys by this alone. */
export const storageAuthTag = 'storage-auth';

/** By which a vault names the one principal that may write its secrets; policy refuses any other. */
export const operatorsTag = 'operators';

/**
 * The tags of every resource: whose it is, from which source it was made, and when it may be
 * removed. `expiry` is a day, a moment or `never`, so that a sweeper never has to guess from its absence.
 */
export function tagsOf(settings: Settings): Record<string, string> {
  return {
    project: 'mispriced',
    stack: settings.stack.name,
    owner: settings.owner,
    commit: settings.commit,
    expiry: settings.expiry ?? 'never',
  };
}
