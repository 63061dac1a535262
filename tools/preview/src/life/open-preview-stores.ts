import { BlobServiceClient } from '@azure/storage-blob';
import { createBlobObjectStore, type ObjectStore } from '@mispriced/core';
import type { PreviewDependencies } from '../preview-dependencies.ts';

/** A preview's stores, as whoever looks after it. Needs Storage Blob Data Contributor. */
export function openPreviewStores(
  blobEndpoint: string,
  dependencies: PreviewDependencies,
): ObjectStore {
  return createBlobObjectStore({
    service: new BlobServiceClient(blobEndpoint, dependencies.credential),
  });
}
