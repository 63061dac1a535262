import { ClientSecretCredential } from '@azure/identity';
import { BlobServiceClient } from '@azure/storage-blob';
import { createBlobObjectStore, type ObjectStore } from '@mispriced/core';
import type { LocalCloud } from '@mispriced/local-cloud';

/** What is to be opened. */
interface StackStorage {
  readonly cloud: LocalCloud;
  readonly blobEndpoint: string;
}

/** Opens what an environment keeps, as one of its operators. */
export function openStackObjects(args: StackStorage): ObjectStore {
  return createBlobObjectStore({ service: openStackBlobs(args) });
}

/** Opens an environment's storage account with all its containers, as one of its operators. */
export function openStackBlobs(args: StackStorage): BlobServiceClient {
  const { addresses, administrator, tenantId } = args.cloud;
  const { clientId, clientSecret } = administrator;
  const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, {
    authorityHost: addresses.origin,
    disableInstanceDiscovery: true,
  });
  return new BlobServiceClient(args.blobEndpoint, credential);
}
