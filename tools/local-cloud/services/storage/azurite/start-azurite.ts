import { mkdir } from 'node:fs/promises';
import { newStorageAccountKeys, type StorageAccountKeys } from './account-keys.ts';
import {
  keysInUse,
  removeServerAccounts,
  setServerAccounts,
  shortenAccountRefresh,
} from './accounts-in-environment.ts';
import { azuriteServers } from './azurite-servers.ts';

/** A running Azurite: blobs, queues and tables over plain HTTP on loopback ports of its own. */
export interface Azurite {
  /** `http://127.0.0.1:PORT`; an account's own address is that plus `/ACCOUNT`. */
  readonly blobUrl: string;
  readonly queueUrl: string;
  readonly tableUrl: string;
  readonly accountNames: readonly string[];
  /** @throws Error where there is no such account. */
  keys(accountName: string): StorageAccountKeys;
  /**
   * A key that opens the account also while another one is being replaced, which the servers learn a
   * moment after the accounts were.
   *
   * @throws Error where there is no such account.
   */
  steadyKey(accountName: string): string;
  /** For any storage SDK. @throws Error where there is no such account. */
  connectionString(accountName: string): string;
  /** Replaces the accounts: at once a key left out opens nothing, while the data stays. */
  setAccounts(accounts: ReadonlyMap<string, StorageAccountKeys>): Promise<void>;
  /** Writes what is not yet on disk, then stops. */
  close(): Promise<void>;
}

/**
 * Storage for tests, for a run without a cloud and behind the local cloud's front: Azurite in this
 * process, its data kept in `folder` from one start to the next. Keys are drawn anew at each start
 * unless given, so that none stands on disk.
 *
 * @param args.accounts names of the accounts, or names with keys; by default one, `mispriced`
 */
export async function startAzurite(args: {
  folder: string;
  accounts?: readonly string[] | ReadonlyMap<string, StorageAccountKeys>;
}): Promise<Azurite> {
  const server = Symbol(args.folder);
  let accounts = withKeys(args.accounts ?? ['mispriced']);
  await mkdir(args.folder, { recursive: true });
  shortenAccountRefresh();
  const settled = setServerAccounts(server, accounts);
  const { blob, queue, table } = azuriteServers(args.folder);
  await Promise.all([settled, blob.start(), queue.start(), table.start()]);
  const urls = {
    blob: blob.getHttpServerAddress(),
    queue: queue.getHttpServerAddress(),
    table: table.getHttpServerAddress(),
  };
  const keys = (accountName: string): StorageAccountKeys => {
    const found = accounts.get(accountName);
    if (found === undefined) throw new Error(`There is no storage account ${accountName} here.`);
    return found;
  };
  const steadyKeys = new Map<string, string>();
  return {
    blobUrl: urls.blob,
    queueUrl: urls.queue,
    tableUrl: urls.table,
    get accountNames() {
      return [...accounts.keys()];
    },
    keys,
    steadyKey: (accountName) => steadyKeys.get(accountName) ?? keys(accountName).key1,
    connectionString: (accountName) =>
      [
        'DefaultEndpointsProtocol=http',
        `AccountName=${accountName}`,
        `AccountKey=${keys(accountName).key1}`,
        `BlobEndpoint=${urls.blob}/${accountName}`,
        `QueueEndpoint=${urls.queue}/${accountName}`,
        `TableEndpoint=${urls.table}/${accountName}`,
      ].join(';') + ';',
    setAccounts: async (next) => {
      const before = accounts;
      accounts = new Map(next);
      for (const [name, { key1, key2 }] of accounts) {
        const former = before.get(name);
        const known = [steadyKeys.get(name), former?.key1, former?.key2];
        const steady = known.find((key) => key === key1 || key === key2);
        steadyKeys.set(name, steady ?? key1);
      }
      await setServerAccounts(server, accounts);
    },
    close: async () => {
      await Promise.all([blob.close(), queue.close(), table.close()]);
      removeServerAccounts(server);
    },
  };
}

function withKeys(
  accounts: readonly string[] | ReadonlyMap<string, StorageAccountKeys>,
): ReadonlyMap<string, StorageAccountKeys> {
  if (!Array.isArray(accounts)) return new Map(accounts as ReadonlyMap<string, StorageAccountKeys>);
  const names: readonly string[] = accounts;
  return new Map(names.map((name) => [name, keysInUse(name) ?? newStorageAccountKeys()]));
}
