import type { HttpClient } from '@azure/core-rest-pipeline';
import type { SecretClient } from '@azure/keyvault-secrets';
import type { AzureIdentity } from '../identity/create-credential.ts';
import { transportTo } from '../identity/loopback-http-client.ts';
import { isLoopbackUrl } from '../schema/addresses.ts';
import { Secret } from '../secret.ts';
import { classifyVaultError } from './classify-vault-error.ts';
import type { SecretReading, SecretSource } from './secret-source.ts';
import type { VaultCaller } from './vault-failure.ts';

/** The version of Key Vault's REST API that this was written and tested against. */
const serviceVersion = '2025-07-01';

/** How to reach a vault. */
export interface KeyVaultOptions {
  readonly vault: { readonly name: string; readonly url: string };
  readonly identity: AzureIdentity;
  /** How long one secret may take, sign-in and repeats included. */
  readonly timeoutSeconds: number;
  readonly now: () => Date;
  /** For tests: sends the requests. */
  readonly httpClient?: HttpClient;
}

async function openClient({ vault, identity, httpClient }: KeyVaultOptions): Promise<SecretClient> {
  const { SecretClient: Client } = await import('@azure/keyvault-secrets');
  const transport = await transportTo(vault.url, httpClient);
  return new Client(transport.url, identity.credential, {
    serviceVersion,
    retryOptions: { maxRetries: 2, retryDelayInMs: 400 },
    // The SDK compares the challenge's resource with the host; a stand-in on this machine has its own.
    disableChallengeResourceVerification: isLoopbackUrl(vault.url),
    ...(transport.httpClient && { httpClient: transport.httpClient }),
  });
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
export function createKeyVaultSource(options: KeyVaultOptions): SecretSource {
  const { vault, identity, timeoutSeconds, now } = options;
  const caller: VaultCaller = {
    ...{ vaultName: vault.name, vaultUrl: vault.url, identity: identity.description },
  };
  let client: Promise<SecretClient> | undefined;
  const readOne = async (secretName: string): Promise<SecretReading> => {
    client ??= openClient(options);
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
      return classifyVaultError({ thrown, secretName, caller, timeoutSeconds });
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
