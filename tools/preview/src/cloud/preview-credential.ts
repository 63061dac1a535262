import { ClientSecretCredential, type TokenCredential } from '@azure/identity';
import { deployerCredential } from '@mispriced/deploy';

/**
 * Who looks after previews: in a local cloud whoever its variables name, in Azure whoever deploys.
 */
export function previewCredential(
  environment: Readonly<Record<string, string | undefined>>,
): TokenCredential {
  const variable = (name: string): string => environment[name] ?? '';
  if (variable('MISPRICED_LOCAL_CLOUD') === '') return deployerCredential(environment);
  return new ClientSecretCredential(
    variable('AZURE_TENANT_ID'),
    variable('AZURE_CLIENT_ID'),
    variable('AZURE_CLIENT_SECRET'),
    { authorityHost: variable('AZURE_AUTHORITY_HOST'), disableInstanceDiscovery: true },
  );
}
