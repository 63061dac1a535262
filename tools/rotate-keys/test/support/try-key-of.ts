import { BlobServiceClient, RestError, StorageSharedKeyCredential } from '@azure/storage-blob';
import { accountName, type KeyStack } from './key-stack.ts';

/** What storage answers to a request that is signed with a key. */
export async function tryKeyOf({ cloud }: KeyStack, key: string): Promise<number> {
  const url = cloud.addresses.hosted('blob', accountName);
  const credential = new StorageSharedKeyCredential(accountName, key);
  const service = new BlobServiceClient(url, credential, { retryOptions: { maxTries: 1 } });
  try {
    await service.listContainers().byPage({ maxPageSize: 1 }).next();
    return 200;
  } catch (error) {
    return error instanceof RestError ? (error.statusCode ?? 0) : 0;
  }
}
