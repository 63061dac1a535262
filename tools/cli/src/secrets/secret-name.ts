import { findKey, keyOfSecretName, knownKeys, nearestKey, type Secret } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import { InvalidArgumentError } from 'commander';

/** Parses NAME: a key of the configuration, such as `trading_api_key` or `secrets.vendor_key`. */
export function secretKey(text: string): string {
  if (findKey(text) !== undefined && knownKeys.get(text)?.kind !== 'map') return text;
  const meant = keyOfSecretName(text) ?? nearestKey(text);
  throw new InvalidArgumentError(
    `No setting is called so${meant === undefined ? '' : `; did you mean ${meant}?`}. ` +
      'Name it as files do, such as trading_api_key or secrets.vendor_key.',
  );
}

/**
 * Refuses a value that its setting could not have, before a run stumbles over it.
 *
 * @throws MispricedError CONFIG_INVALID, without the value.
 */
export function checkSecretValue(key: string, value: Secret): void {
  const found = findKey(key);
  // Lists are JSON, which the configuration itself checks.
  if (found === undefined || found.known.kind === 'list') return;
  const { known, entry } = found;
  const given = known.secret === true ? value : value.reveal();
  const result = known.schema.safeParse(entry === null ? given : { [entry]: given });
  if (result.success) return;
  const expected = [...new Set(result.error.issues.map(({ message }) => message))].join('; ');
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `The value cannot be that of ${key}: it must be ${expected}. Nothing was written.`,
    fix: 'Copy it anew, without a line end or a space too many.',
  });
}
