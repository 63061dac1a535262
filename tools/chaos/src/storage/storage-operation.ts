/**
 * What is asked of storage, by the name of Azure's REST operation where it has one. These are all
 * that the product's stores ask; the model answers anything else with 501.
 */
export const storageOperations = [
  'create-container',
  'list-blobs',
  'put-block-blob',
  'put-append-blob',
  'append-block',
  'get-blob',
  'get-blob-properties',
  'acquire-lease',
  'renew-lease',
  'release-lease',
  'break-lease',
] as const;

/** One of {@link storageOperations}, or what the model does not serve. */
export type StorageOperation = (typeof storageOperations)[number] | 'not-simulated';
