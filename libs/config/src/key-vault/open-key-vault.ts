import { createHash } from 'node:crypto';
import type { HttpClient } from '@azure/core-rest-pipeline';
import { createCredential } from '../identity/create-credential.ts';
import { cacheSecrets } from './secret-cache.ts';
import { createKeyVaultSource } from './key-vault-source.ts';
import { vaultOf, type OpenSecretSource, type SecretSource } from './secret-source.ts';

/**
 * Makes what opens the configured vault. Keep one for the life of the process and hand it to every
 * `loadConfig`: the secrets it has read are used for `key_vault.cache_seconds`.
 */
export function createKeyVaultOpener(
  args: { now?: () => Date; httpClient?: HttpClient } = {},
): OpenSecretSource {
  const { now = () => new Date(), httpClient } = args;
  const opened = new Map<string, Promise<SecretSource>>();
  return async ({ keyVault, identity }) => {
    const vault = vaultOf(keyVault);
    if (!vault) throw new TypeError('No vault is configured.');
    const { kind, clientId, tenantId, authorityUrl, clientSecret } = identity;
    const caller = [kind, clientId, tenantId, authorityUrl, clientSecret?.reveal()];
    const settings = [vault, keyVault.cacheSeconds, keyVault.timeoutSeconds, ...caller];
    const key = createHash('sha256').update(JSON.stringify(settings)).digest('hex');
    const known = opened.get(key);
    if (known) return known;
    const source = createCredential({ identity, ...(httpClient && { httpClient }) }).then((who) =>
      cacheSecrets(
        createKeyVaultSource({
          vault,
          identity: who,
          timeoutSeconds: keyVault.timeoutSeconds,
          now,
          ...(httpClient && { httpClient }),
        }),
        { seconds: keyVault.cacheSeconds, now },
      ),
    );
    opened.set(key, source);
    source.catch(() => opened.delete(key));
    return source;
  };
}
