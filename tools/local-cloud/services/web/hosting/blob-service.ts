import { BlobServiceClient, type StoragePipelineOptions } from '@azure/storage-blob';
import type { SiteCredential } from './site-credential.ts';

/** Few tries: a platform whose storage does not answer is to say so soon, and tries again itself. */
const options: StoragePipelineOptions = {
  retryOptions: { maxTries: 2, retryDelayInMs: 200, tryTimeoutInMs: 10_000 },
};

/** A client of an account's blobs, by its address and a sign-in. */
export function blobServiceBySignIn(url: string, credential: SiteCredential): BlobServiceClient {
  return new BlobServiceClient(url, credential, options);
}

/** A client of an account's blobs, by a connection string. @throws Error where it is none. */
export function blobServiceByConnectionString(text: string): BlobServiceClient {
  return BlobServiceClient.fromConnectionString(text, options);
}
