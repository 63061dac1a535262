import { environmentName, knownKeys, type Secret } from '@mispriced/config';
import { isReference } from '@mispriced/azure';
import { shortestSecret, type KnownSecret } from './known-secret.ts';
import { isSecretName } from './read-env-files.ts';

/** Of settings that are none of ours: what they hold is a word or an id that opens nothing. */
const harmless = /__(?:credential|clientId)$|^APPLICATIONINSIGHTS_|_UR[IL]$/i;
const ownSecrets = 'MISPRICED__SECRETS__';

/**
 * What stands in plain in an app's settings and must not be found in a package or a working tree:
 * secrets of ours by their keys, others by the names of their settings. References lead to secrets and
 * are none.
 */
export function settingSecrets(settings: Readonly<Record<string, string>>): readonly KnownSecret[] {
  return Object.entries(settings).flatMap(([name, value]) =>
    mayBeSecret(name) && !isReference(value) ? secretParts(value, `the app setting ${name}`) : [],
  );
}

/** A connection string that was read from a vault, as something to look for. */
export function connectionSecrets(given: Secret, from: string): readonly KnownSecret[] {
  return secretParts(given.reveal(), from);
}

/** The key of a connection string is a secret without the rest of it, too. */
function secretParts(value: string, from: string): readonly KnownSecret[] {
  const [, key] = /(?:AccountKey|SharedAccessKey)=([^;]+)/.exec(value) ?? [];
  return [value, ...(key === undefined ? [] : [key])]
    .filter((each) => each.length >= shortestSecret)
    .map((each) => ({ value: each, from }));
}

function mayBeSecret(name: string): boolean {
  if (name === 'AzureWebJobsStorage' || name.startsWith(ownSecrets)) return true;
  if (!name.startsWith('MISPRICED__')) return isSecretName(name) && !harmless.test(name);
  const known = [...knownKeys.values()].find(({ key }) => environmentName(key) === name);
  return known?.secret === true;
}
