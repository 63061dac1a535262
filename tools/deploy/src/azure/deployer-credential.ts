import {
  AzureCliCredential,
  AzureDeveloperCliCredential,
  AzurePowerShellCredential,
  ChainedTokenCredential,
  EnvironmentCredential,
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
  const given = (name: string): boolean => (environment[name] ?? '') !== '';
  const disableInstanceDiscovery = given('MISPRICED_LOCAL_CLOUD');
  const options = { processTimeoutInMs, additionallyAllowedTenants: ['*'] };
  return new ChainedTokenCredential(
    ...(given('AZURE_CLIENT_SECRET')
      ? [new EnvironmentCredential({ disableInstanceDiscovery })]
      : []),
    ...(given('AZURE_FEDERATED_TOKEN_FILE') ? [new WorkloadIdentityCredential()] : []),
    new AzureCliCredential(options),
    new AzureDeveloperCliCredential(options),
    new AzurePowerShellCredential(options),
  );
}
