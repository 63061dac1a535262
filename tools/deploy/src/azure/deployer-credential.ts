import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  AzurePowerShellCredential,
  ChainedTokenCredential,
  ClientSecretCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';

/** How long the sign-in of a command line may take. */
const processTimeoutInMs = 20_000;

/**
 * Who deploys: what the environment variables of a pipeline or the local cloud name, else whoever is
 * signed in with `az`, `azd` or Azure PowerShell.
 */
export function deployerCredential(
  environment: Readonly<Record<string, string | undefined>>,
): TokenCredential {
  const value = (name: string): string => environment[name] ?? '';
  const given = (name: string): boolean => value(name) !== '';
  const authorityHost = value('AZURE_AUTHORITY_HOST');
  const options = { processTimeoutInMs, additionallyAllowedTenants: ['*'] };
  return new ChainedTokenCredential(
    ...(given('AZURE_CLIENT_SECRET')
      ? [
          new ClientSecretCredential(
            value('AZURE_TENANT_ID'),
            value('AZURE_CLIENT_ID'),
            value('AZURE_CLIENT_SECRET'),
            {
              disableInstanceDiscovery: given('MISPRICED_LOCAL_CLOUD'),
              ...(authorityHost !== '' && { authorityHost }),
            },
          ),
        ]
      : []),
    ...(given('AZURE_FEDERATED_TOKEN_FILE') ? [new WorkloadIdentityCredential()] : []),
    new AzureCliCredential(options),
    new AzureDeveloperCliCredential(options),
    new AzurePowerShellCredential(options),
  );
}
