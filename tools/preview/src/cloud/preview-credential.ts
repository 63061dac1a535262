import { ClientSecretCredential, type TokenCredential } from '@azure/identity';
import { deployerCredential } from '@mispriced/deploy';

/**
 * Who looks after previews: whom the variables of a local cloud name with a secret, else whoever
 * deploys.
 */
export function previewCredential(
  environment: Readonly<Record<string, string | undefined>>,
): TokenCredential {
  const variable = (name: string): string => environment[name] ?? '';
  const isSecret =
    variable('MISPRICED_LOCAL_CLOUD') !== '' && variable('AZURE_CLIENT_SECRET') !== '';
  if (!isSecret) return deployerCredential(environment);
  return new ClientSecretCredential(
    variable('AZURE_TENANT_ID'),
    variable('AZURE_CLIENT_ID'),
    variable('AZURE_CLIENT_SECRET'),
    { authorityHost: variable('AZURE_AUTHORITY_HOST'), disableInstanceDiscovery: true },
  );
}
