import type { StateFolder } from '../../src/state/state-folder.ts';
import { newStorageKey, type StorageAccountKeys } from './azurite/account-keys.ts';
import type { Azurite } from './azurite/start-azurite.ts';
import { deleteContainer, deleteTables, heldContainers } from './data-plane.ts';

/** The name of one of an account's two keys. */
type StorageKeyName = 'key1' | 'key2';

/** A key with the time since when it is this one. */
interface StorageKey {
  readonly value: string;
  /** Null for a key that is older than Azure's notes of when keys were made. */
  readonly createdAt: string | null;
}

/** The accounts' keys and, behind them, their data. */
export interface StorageAccounts {
  readonly azurite: Azurite;
  keys(account: string): Readonly<Record<StorageKeyName, StorageKey>> | undefined;
  create(account: string): Promise<void>;
  /** Ends the account and everything in it. */
  remove(account: string): Promise<void>;
  /** When it settles, the old key opens nothing any more. */
  regenerate(account: string, keyName: StorageKeyName): Promise<void>;
  /** Makes the account's keys as those of an old account are, of which nobody noted the age. */
  forgetKeyAges(account: string): Promise<void>;
}

type StoredKeys = Record<string, Record<StorageKeyName, StorageKey>>;

/** Opens the accounts kept in the state folder on a running Azurite. */
export async function openStorageAccounts(args: {
  state: StateFolder;
  clock: () => Date;
  azurite: Azurite;
}): Promise<StorageAccounts> {
  const { azurite } = args;
  const document = args.state.document<StoredKeys>('storage-keys', () => ({}));
  const newKey = (): StorageKey => ({
    value: newStorageKey(),
    createdAt: args.clock().toISOString(),
  });
  const save = async (keys: StoredKeys): Promise<void> => {
    document.value = keys;
    document.save();
    await azurite.setAccounts(azuriteKeys(keys));
  };
  await azurite.setAccounts(azuriteKeys(document.value));
  return {
    azurite,
    keys: (account) => document.value[account],
    create: (account) => save({ ...document.value, [account]: { key1: newKey(), key2: newKey() } }),
    remove: async (account) => {
      for (const service of ['blob', 'queue'] as const) {
        for (const { name } of await heldContainers({ azurite, account, service })) {
          await deleteContainer({ azurite, account, service, name });
        }
      }
      await deleteTables({ azurite, account });
      const others = Object.entries(document.value).filter(([each]) => each !== account);
      await save(Object.fromEntries(others));
    },
    regenerate: async (account, keyName) => {
      const keys = document.value[account];
      if (keys === undefined) throw new Error(`There is no storage account ${account}.`);
      await save({ ...document.value, [account]: { ...keys, [keyName]: newKey() } });
    },
    forgetKeyAges: async (account) => {
      const keys = document.value[account];
      if (keys === undefined) throw new Error(`There is no storage account ${account}.`);
      const [key1, key2] = [keys.key1, keys.key2].map((key) => ({ ...key, createdAt: null }));
      if (key1 !== undefined && key2 !== undefined) {
        await save({ ...document.value, [account]: { key1, key2 } });
      }
    },
  };
}

function azuriteKeys(stored: StoredKeys): ReadonlyMap<string, StorageAccountKeys> {
  return new Map(
    Object.entries(stored).map(([account, { key1, key2 }]) => [
      account,
      { key1: key1.value, key2: key2.value },
    ]),
  );
}
