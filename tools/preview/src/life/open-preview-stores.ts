import { BlobServiceClient } from '@azure/storage-blob';
import { createBlobObjectStore, type ObjectStore } from '@mispriced/core';
import type { PreviewWorld } from '../preview-world.ts';

/** A preview's stores, as whoever looks after it. Needs Storage Blob Data Contributor. */
export function openPreviewStores(blobEndpoint: string, world: PreviewWorld): ObjectStore {
  return createBlobObjectStore({ service: new BlobServiceClient(blobEndpoint, world.credential) });
}
