import { setTimeout as wait } from 'node:timers/promises';
import type { StorageAccountKeys } from './account-keys.ts';
import { setAccountRefresh } from './azurite-servers.ts';

const refreshMilliseconds = 100;
const variable = 'AZURITE_ACCOUNTS';
const accountsByServer = new Map<symbol, ReadonlyMap<string, StorageAccountKeys>>();

/**
 * Azurite knows its accounts from one variable of the process it runs in and reads it again at an
 * interval, a minute unless this is called before a server starts. Shortened, a regenerated key
 * counts and the old one dies while the one who asked still waits.
 */
export function shortenAccountRefresh(): void {
  setAccountRefresh(refreshMilliseconds);
}

/**
 * Names the accounts one server has; the variable then holds those of all servers of the process.
 * Settles once every running server has read it. A process started from this one inherits the
 * variable unless it is given an environment of its own.
 *
 * @throws Error where two servers of one process have an account of one name with different keys.
 */
export async function setServerAccounts(
  server: symbol,
  accounts: ReadonlyMap<string, StorageAccountKeys>,
): Promise<void> {
  for (const [other, theirs] of accountsByServer) {
    if (other !== server) refuseOtherKeys(accounts, theirs);
  }
  accountsByServer.set(server, accounts);
  writeVariable();
  // The servers' timers and this one are of one event loop, so theirs have fired when it does.
  await wait(refreshMilliseconds + 20);
}

/** Keys that another server of this process already uses for an account of that name, if any. */
export function keysInUse(accountName: string): StorageAccountKeys | undefined {
  for (const accounts of accountsByServer.values()) {
    const keys = accounts.get(accountName);
    if (keys !== undefined) return keys;
  }
  return undefined;
}

/** Takes a closed server's accounts out of the variable. */
export function removeServerAccounts(server: symbol): void {
  accountsByServer.delete(server);
  writeVariable();
}

function refuseOtherKeys(
  ours: ReadonlyMap<string, StorageAccountKeys>,
  theirs: ReadonlyMap<string, StorageAccountKeys>,
): void {
  for (const [name, keys] of ours) {
    const other = theirs.get(name);
    if (other !== undefined && (other.key1 !== keys.key1 || other.key2 !== keys.key2)) {
      throw new Error(
        `Another storage server in this process has an account ${name} with other keys. ` +
          'Give one of them another name.',
      );
    }
  }
}

function writeVariable(): void {
  const accounts = new Map([...accountsByServer.values()].flatMap((each) => [...each]));
  // With the variable empty Azurite would fall back to its well-known account and public key.
  process.env[variable] = [...accounts]
    .map(([name, { key1, key2 }]) => `${name}:${key1}:${key2}`)
    .concat(accounts.size === 0 ? ['none:bm9uZQ=='] : [])
    .join(';');
}
