import type { HttpClient } from '@azure/core-rest-pipeline';
import type { SecretClient } from '@azure/keyvault-secrets';
import { isLoopbackUrl } from '@mispriced/core/domain/loopback';
import type { AzureIdentity } from '../identity/azure-identity.ts';
import { transportTo } from '../identity/loopback-http-client.ts';

/** The version of Key Vault's REST API that this was written and tested against. */
const serviceVersion = '2025-07-01';

/**
 * Makes Key Vault's official client for a vault. Nothing is asked of the vault yet.
 *
 * @param args.httpClient For tests: sends the requests.
 */
export async function openSecretClient(args: {
  vault: { readonly url: string };
  identity: AzureIdentity;
  httpClient?: HttpClient;
}): Promise<SecretClient> {
  const { vault, identity, httpClient } = args;
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
