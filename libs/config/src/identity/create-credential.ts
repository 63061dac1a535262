import type { HttpClient } from '@azure/core-rest-pipeline';
import { isLoopbackUrl } from '@mispriced/core/domain/loopback';
import type { Secret } from '../secret.ts';
import type { AzureIdentity } from './azure-identity.ts';
import { transportTo } from './loopback-http-client.ts';

/** What the section `identity` of the configuration says. */
export interface IdentitySettings {
  readonly kind: 'managed' | 'developer' | 'service-principal';
  readonly clientId?: string | undefined;
  readonly tenantId?: string | undefined;
  readonly clientSecret?: Secret | undefined;
  readonly authorityUrl?: string | undefined;
}

/** How long the sign-in of a developer's command line may take. */
const developerTimeoutMilliseconds = 20_000;

/**
 * Makes the credential that the configuration's identity calls for; every Azure client of the app
 * uses this one. Nothing is asked of Azure before a first token is needed.
 *
 * - `managed`: the app's identity, by the endpoint that App Service and Functions give it in
 *   `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`; a client id where it is user-assigned.
 * - `developer`: whoever is signed in with `az`, `azd` or Azure PowerShell on this machine.
 * - `service-principal`: an application's id and secret, for tools that know nothing else.
 *
 * @param args.identity Checked values; `service-principal` has its three values by then.
 * @param args.httpClient For tests: sends the credential's requests.
 */
export async function createCredential(args: {
  identity: IdentitySettings;
  httpClient?: HttpClient;
}): Promise<AzureIdentity> {
  const { identity, httpClient } = args;
  // Loading this library takes a third of a second, which runs without Azure need not spend.
  const azure = await import('@azure/identity');
  const clientId = identity.clientId;
  if (identity.kind === 'managed') {
    return {
      credential: new azure.ManagedIdentityCredential({
        ...(clientId !== undefined && { clientId }),
        ...(httpClient && { httpClient }),
      }),
      description:
        clientId === undefined
          ? 'the app’s system-assigned managed identity'
          : `the managed identity with client id ${clientId}`,
    };
  }
  if (identity.kind === 'developer') {
    const options = {
      processTimeoutInMs: developerTimeoutMilliseconds,
      additionallyAllowedTenants: ['*'],
      ...(identity.tenantId !== undefined && { tenantId: identity.tenantId }),
    };
    return {
      credential: new azure.ChainedTokenCredential(
        new azure.AzureCliCredential(options),
        new azure.AzureDeveloperCliCredential(options),
        new azure.AzurePowerShellCredential(options),
      ),
      description: 'your own sign-in (az, azd or Azure PowerShell)',
    };
  }
  const { tenantId = '', clientSecret, authorityUrl } = identity;
  const authority = authorityUrl === undefined ? null : await transportTo(authorityUrl, httpClient);
  const sender = authority?.httpClient ?? httpClient;
  return {
    credential: new azure.ClientSecretCredential(
      tenantId,
      clientId ?? '',
      clientSecret?.reveal() ?? '',
      {
        ...(authority && { authorityHost: authority.url }),
        ...(sender && { httpClient: sender }),
        disableInstanceDiscovery: authorityUrl !== undefined && isLoopbackUrl(authorityUrl),
      },
    ),
    description: `the service principal ${clientId ?? ''} of tenant ${tenantId}`,
  };
}
