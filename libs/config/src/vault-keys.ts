import { invalid, type ConfigProblem, type Source } from './problem.ts';
import { findKey, knownKeys, nearestKey, type ConfigValue } from './schema/config-schema.ts';
import { mayComeFromKeyVault } from './schema/keys.ts';

type OwnData = ConfigValue<'own_data'>;

/**
 * The keys to ask the vault for: the secrets that these settings call for, and the keys listed in
 * `key_vault.keys`. Nothing else is read: a secret that is not used is not taken out of its vault.
 *
 * @param values Checked values of the layers below the vault; a key that is wrong is absent.
 */
export function keysToAskFor(values: ReadonlyMap<string, unknown>): readonly string[] {
  const keys = new Set<string>();
  if (values.get('venue.name') !== 'replay') keys.add('trading_api_key');
  const usesBlobs = values.get('storage.kind') === 'blob';
  if (usesBlobs && values.get('storage.account_url') === undefined) {
    keys.add('storage.connection_string');
  }
  const ownData = (values.get('own_data') ?? []) as OwnData;
  for (const { urlSecret } of ownData) {
    if (urlSecret !== undefined) keys.add(`secrets.${urlSecret}`);
  }
  const listed = (values.get('key_vault.keys') ?? []) as ConfigValue<'key_vault.keys'>;
  for (const key of listed) {
    const found = findKey(key);
    if (found && mayComeFromKeyVault(found.known) && !isWholeSecretsMap(found)) keys.add(key);
  }
  return [...keys];
}

function isWholeSecretsMap(found: { known: { key: string }; entry: string | null }): boolean {
  return found.known.key === 'secrets' && found.entry === null;
}

/** What is wrong with the keys listed in `key_vault.keys`. */
export function checkListedKeys(
  values: ReadonlyMap<string, unknown>,
  source: Source | null,
): readonly ConfigProblem[] {
  const listed = (values.get('key_vault.keys') ?? []) as ConfigValue<'key_vault.keys'>;
  return listed.flatMap((key) => {
    const found = findKey(key);
    if (found && mayComeFromKeyVault(found.known) && !isWholeSecretsMap(found)) return [];
    const meant = found ? undefined : nearestKey(key);
    const unknown = `There is no key ${key}${meant ? `; did you mean ${meant}?` : '.'}`;
    const message = !found
      ? unknown
      : isWholeSecretsMap(found)
        ? 'Each secret is listed by its own name, such as secrets.vendor_key.'
        : `The key ${key} says how to reach the vault, so it cannot come from it.`;
    return [invalid({ key: 'key_vault.keys', source, message, fix: 'Correct the list.' })];
  });
}

const servicePrincipal = ['identity.client_id', 'identity.tenant_id', 'identity.client_secret'];

/** Whether each setting of a section is right. */
export function isSound(
  section: 'key_vault' | 'identity',
  values: ReadonlyMap<string, unknown>,
): boolean {
  const keys = [...knownKeys.values()].filter((known) => known.section === section);
  return keys.every((known) => values.has(known.key));
}

/** Whether the settings that lead into the vault are all there: only then is it asked. */
export function canSignIn(values: ReadonlyMap<string, unknown>): boolean {
  const needed = values.get('identity.kind') === 'service-principal' ? servicePrincipal : [];
  return isSound('identity', values) && needed.every((key) => values.get(key) !== undefined);
}
