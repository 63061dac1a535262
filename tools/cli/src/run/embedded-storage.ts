import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { containers, createBlobObjectStore, type ObjectStore } from '@mispriced/core';
import { startAzurite } from '@mispriced/local-cloud/azurite';
import { lockFolder } from './lock-folder.ts';

/** Blob storage on this machine, with the containers that an environment has. */
export interface EmbeddedStorage {
  readonly objects: ObjectStore;
  /** Holds a key: for the environment of a process of ours, and for nothing else. */
  readonly connectionString: string;
  close(): Promise<void>;
}

/**
 * Starts Azurite over a folder that keeps ledger, archive and models from one run to the next.
 *
 * @throws MispricedError `STORE_CONFLICT` while another command uses the folder: two servers over one
 * folder would each overwrite what the other wrote.
 */
export async function startEmbeddedStorage(stateFolder: string): Promise<EmbeddedStorage> {
  const lock = await lockFolder(stateFolder);
  const azurite = await startAzurite({ folder: join(stateFolder, 'azurite') });
  const [account = ''] = azurite.accountNames;
  const connectionString = azurite.connectionString(account);
  const service = BlobServiceClient.fromConnectionString(connectionString);
  for (const name of Object.values(containers)) {
    await service.getContainerClient(name).createIfNotExists();
  }
  return {
    objects: createBlobObjectStore({ service }),
    connectionString,
    close: async () => {
      await azurite.close();
      lock.release();
    },
  };
}
