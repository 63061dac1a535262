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
 * Who deploys: what the variables name, of a pipeline or of the local cloud, else whoever is signed in
 * with `az`, `azd` or Azure PowerShell.
 *
 * @param variables Those that lead to the environment's cloud, which need not be this process's own.
 */
export function deployerCredential(
  variables: Readonly<Record<string, string | undefined>>,
): TokenCredential {
  const given = (name: string): string => variables[name] ?? '';
  const [tenantId, clientId] = [given('AZURE_TENANT_ID'), given('AZURE_CLIENT_ID')];
  const clientSecret = given('AZURE_CLIENT_SECRET');
  if (clientSecret !== '') {
    const authorityHost = given('AZURE_AUTHORITY_HOST');
    return new ClientSecretCredential(tenantId, clientId, clientSecret, {
      ...(authorityHost !== '' && { authorityHost }),
      // A stand-in on this machine is in no directory of clouds.
      disableInstanceDiscovery: given('MISPRICED_LOCAL_CLOUD') !== '',
    });
  }
  const tokenFilePath = given('AZURE_FEDERATED_TOKEN_FILE');
  const options = { processTimeoutInMs, additionallyAllowedTenants: ['*'] };
  return new ChainedTokenCredential(
    ...(tokenFilePath === ''
      ? []
      : [new WorkloadIdentityCredential({ tenantId, clientId, tokenFilePath })]),
    new AzureCliCredential(options),
    new AzureDeveloperCliCredential(options),
    new AzurePowerShellCredential(options),
  );
}
