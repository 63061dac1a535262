import { createHash } from 'node:crypto';
import type { HttpClient } from '@azure/core-rest-pipeline';
import type { SecretClient } from '@azure/keyvault-secrets';
import type { AzureIdentity } from '../identity/azure-identity.ts';
import { createCredential } from '../identity/create-credential.ts';
import type { ConfigValues } from '../schema/config-schema.ts';
import { Secret } from '../secret.ts';
import { classifyVaultError } from './classify-vault-error.ts';
import { openSecretClient } from './secret-client.ts';
import { cacheSecrets, type SecretReading, type SecretSource } from './secret-source.ts';
import { vaultOf } from './vault-address.ts';
import type { VaultCaller } from './vault-failure.ts';

/** Opens the vault that the settings name, with the identity they name. */
export type OpenSecretSource = (settings: {
  keyVault: ConfigValues['keyVault'];
  identity: ConfigValues['identity'];
}) => Promise<SecretSource>;

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

/** How to reach a vault. */
interface KeyVaultOptions {
  readonly vault: { readonly name: string; readonly url: string };
  readonly identity: AzureIdentity;
  /** How long one secret may take, sign-in and repeats included. */
  readonly timeoutSeconds: number;
  readonly now: () => Date;
  /** For tests: sends the requests. */
  readonly httpClient?: HttpClient;
}

/** Rejects when the time is up: a sign-in may wait for ever where no identity answers. */
async function withinSeconds<Value>(seconds: number, work: Promise<Value>): Promise<Value> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new DOMException('No answer in time.', 'TimeoutError'));
  }, seconds * 1000);
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reads secrets from a Key Vault through its official client: the newest enabled version of each, in
 * parallel. A secret past its expiry is refused, though Azure would hand it out: whoever set the
 * date did not want it used.
 *
 * Needs the permission `get` on secrets (access policy), or the role "Key Vault Secrets User".
 */
function createKeyVaultSource(options: KeyVaultOptions): SecretSource {
  const { vault, identity, timeoutSeconds, now } = options;
  const caller: VaultCaller = {
    vaultName: vault.name,
    vaultUrl: vault.url,
    identity: identity.description,
  };
  let client: Promise<SecretClient> | undefined;
  const readOne = async (secretName: string): Promise<SecretReading> => {
    client ??= openSecretClient(options);
    try {
      const abortSignal = AbortSignal.timeout(timeoutSeconds * 1000);
      const opened = await client;
      const found = await withinSeconds(
        timeoutSeconds,
        opened.getSecret(secretName, { abortSignal }),
      );
      const expiresOn = found.properties.expiresOn ?? null;
      if (found.value === undefined) return { status: 'absent' };
      if (expiresOn && expiresOn <= now()) return expired(secretName, vault.name, expiresOn);
      return { status: 'found', secret: new Secret(found.value), expiresOn };
    } catch (thrown) {
      return classifyVaultError({ thrown, operation: 'get', secretName, caller, timeoutSeconds });
    }
  };
  return {
    description: `the vault ${vault.name}`,
    read: async (names) =>
      new Map(
        await Promise.all(
          names.map(async (name): Promise<[string, SecretReading]> => [name, await readOne(name)]),
        ),
      ),
  };
}

function expired(secretName: string, vaultName: string, expiresOn: Date): SecretReading {
  return {
    status: 'failed',
    reason: 'secret-expired',
    message: `The secret ${secretName} in the vault ${vaultName} expired on ${expiresOn.toISOString().slice(0, 10)}.`,
    fix: 'Write a new version with `npx mispriced secrets set` (or `rotate-keys` for a storage key), or move its expiry.',
    retryable: false,
  };
}
