import { ClientSecretCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { createBlobObjectStore, type ObjectStore } from '@mispriced/core';
import type { LocalCloud } from '@mispriced/local-cloud';

/** Opens what an environment keeps, as one of its operators. */
export function openStackObjects(args: { cloud: LocalCloud; blobEndpoint: string }): ObjectStore {
  const { addresses, administrator, tenantId } = args.cloud;
  const { clientId, clientSecret } = administrator;
  const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
    authorityHost: addresses.origin,
    disableInstanceDiscovery: true,
  });
  return createBlobObjectStore({ service: new BlobServiceClient(args.blobEndpoint, credential) });
}
