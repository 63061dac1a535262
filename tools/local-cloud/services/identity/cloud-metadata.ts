import type { Addresses } from '../../src/addresses.ts';

/**
 * What a client asks before anything else to learn a cloud's addresses (`/metadata/endpoints`,
 * 2022-09-01): one object, as `az cloud register` and the Pulumi provider's metadata host want it.
 */
export function cloudMetadata(addresses: Addresses): Record<string, unknown> {
  const { origin, port } = addresses;
  return {
    name: 'LocalCloud',
    portal: `${origin}/portal`,
    resourceManager: `${origin}/`,
    graphAudience: `${origin}/`,
    graph: `${origin}/`,
    authentication: {
      loginEndpoint: `${origin}/`,
      audiences: [`${origin}/`],
      tenant: 'common',
      identityProvider: 'AAD',
    },
    suffixes: {
      storage: `localhost:${port}`,
      keyVaultDns: `vault.localhost:${port}`,
    },
    microsoftGraphResourceId: `${origin}/graph/`,
    appServiceResourceId: `${origin}/appsvc`,
    batch: `${origin}/`,
    gallery: `${origin}/`,
    media: origin,
    sqlManagement: `${origin}/`,
    vmImageAliasDoc: `${origin}/`,
    activeDirectoryDataLake: `${origin}/`,
  };
}
