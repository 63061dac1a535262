import { BlobServiceClient } from '@azure/storage-blob';
import { createCredential, type LoadedConfig } from '@mispriced/config';
import {
  createBlobObjectStore,
  createFileObjectStore,
  MispricedError,
  type ContainerNames,
  type ObjectStore,
} from '@mispriced/core';
import { containerNamesOf } from './container-names.ts';

/**
 * Storage that is away for some seconds is waited for, but no longer than a run's lease lasts: what
 * comes after that comes too late. The SDK alone would go on for the better part of a minute.
 */
const retryOptions = { maxTries: 4, retryDelayInMs: 500, tryTimeoutInMs: 30_000 };

/**
 * Opens the place where models, own data, ledger and archive are kept, as `storage` says.
 * Over Blob storage the identity needs the role Storage Blob Data Contributor on the account.
 */
export async function openObjects(config: LoadedConfig): Promise<ObjectStore> {
  const { storage } = config.values;
  const names = containerNamesOf(storage);
  if (storage.kind === 'file') return openFolder(required(storage.path, 'storage.path'), names);
  const service =
    storage.connectionString === undefined
      ? new BlobServiceClient(
          required(storage.accountUrl, 'storage.account_url'),
          (await createCredential({ identity: config.values.identity })).credential,
          { retryOptions },
        )
      : fromConnectionString(storage.connectionString.reveal());
  return createBlobObjectStore({ service, names });
}

/** The SDK's own complaint would repeat parts of what it was given. */
function fromConnectionString(connectionString: string): BlobServiceClient {
  try {
    return BlobServiceClient.fromConnectionString(connectionString, { retryOptions });
  } catch {
    throw new MispricedError({
      code: 'CONFIG_INVALID',
      message: 'storage.connection_string is not a connection string of a storage account.',
      fix: 'Copy it whole, as the portal shows it under access keys, or use storage.account_url.',
    });
  }
}

/** Opens a folder as such a place, by the real clock. */
export function openFolder(folder: string, names: ContainerNames = {}): ObjectStore {
  return createFileObjectStore({
    folder,
    names,
    now: () => new Date(),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
}

function required(value: string | undefined, key: string): string {
  if (value !== undefined) return value;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `${key} is not set.`,
    fix: `Set ${key}; \`npx mispriced config explain\` shows what is set and where.`,
  });
}
