import { randomBytes } from 'node:crypto';
import { keyVaultSecretName, openSecretClient } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import type { PreviewDependencies } from '../preview-dependencies.ts';

const key = 'trading_api_key';
const secretBytes = 32;

/**
 * Gives a preview a key of its own where it has none: random, worth nothing at any market, and never
 * anybody else's. Nobody has to hand a preview a secret, and nothing of production's is ever there.
 *
 * Needs `get` and `set` on secrets, which the operators' group has.
 *
 * @throws MispricedError CREDENTIAL_REFUSED where the vault lets nobody write.
 */
export async function placeSecret(
  vaultUrl: string,
  dependencies: PreviewDependencies,
): Promise<void> {
  const identity = { credential: dependencies.credential, description: 'whoever makes previews' };
  const client = await openSecretClient({ vault: { url: vaultUrl }, identity });
  const name = keyVaultSecretName(key);
  try {
    for await (const { name: there } of client.listPropertiesOfSecrets()) {
      if (there === name) return;
    }
    await client.setSecret(name, randomBytes(secretBytes).toString('base64url'));
  } catch (error) {
    throw new MispricedError({
      code: 'CREDENTIAL_REFUSED',
      message: `The preview's own ${key} could not be written to ${vaultUrl}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'no reason given'}`,
      fix: 'Be a member of the operators’ group, and give its id: --config operatorsGroupObjectId=ID.',
      cause: error,
    });
  }
}
