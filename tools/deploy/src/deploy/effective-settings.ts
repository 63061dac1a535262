import { describeSource, findKey, type LoadedConfig } from '@mispriced/config';

/** What each setting is for an app, and where that is written. */
export type EffectiveSettings = ReadonlyMap<
  string,
  { readonly value: string; readonly from: string }
>;

/**
 * The settings with which an app runs, whatever layer they come from: those that may be shown and
 * kept. No secret is among them, no address, which may hold one, and no identity: a check signs in as
 * somebody else.
 */
export function effectiveSettings(config: LoadedConfig): EffectiveSettings {
  return new Map(
    config.explain().flatMap(({ key, value, secret, source }) => {
      const isAddress = findKey(key)?.known.sensitive === true;
      if (value === null || secret || isAddress || key.startsWith('identity.')) return [];
      return [
        [key, { value, from: source === null ? 'default' : describeSource(source) }] as const,
      ];
    }),
  );
}

/** The same as it is kept beside a package. */
export function keptSettings(settings: EffectiveSettings): Record<string, string> {
  return Object.fromEntries([...settings].map(([key, { value }]) => [key, value]));
}
