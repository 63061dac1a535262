import { createHash, timingSafeEqual } from 'node:crypto';
import { Secret } from '@mispriced/config';
import { accountKeysIn } from './account-keys-in.ts';
import { keyNames, type KeyName, type StorageAccount } from './storage-account.ts';

/** 64 bytes in base64, as every account key is. */
const keyForm = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g;

/** What a text says of an account: which of its keys it holds, or one that is no key of it any more. */
export type HeldKey = KeyName | 'dead';

/** Keys that an account once had, by whatever showed that it had them. */
type FormerKeys = Iterable<Secret>;

/**
 * Finds every key of an account that a text holds: in a connection string of it, or bare. A bare key
 * that is neither one of its two nor known as a former one says nothing of this account.
 */
export function keysInText(
  text: string,
  account: StorageAccount,
  former: FormerKeys = [],
): ReadonlySet<HeldKey> {
  const formerKeys = [...former];
  const held = new Set<HeldKey>();
  // A key that was escaped for JSON or for a URL is as much in use as any other.
  const plain = unescaped(text);
  for (const [key] of `${text}\n${plain}`.matchAll(keyForm)) {
    const name = nameOf(key, account);
    if (name !== null) held.add(name);
    else if (formerKeys.some((each) => sameSecret(each.reveal(), key))) held.add('dead');
  }
  const inStrings = accountKeysIn(plain, account.name);
  if (inStrings.some(({ key }) => nameOf(key, account) === null)) held.add('dead');
  return held;
}

/**
 * A text with one key of an account in the place of each key of it that the text holds. All else stays
 * as it is, another account's keys too. Null where that does not do: afterwards it would hold another
 * key of the account still, as where one is escaped.
 */
export function withKey(args: {
  text: string;
  account: StorageAccount;
  to: KeyName;
  former?: FormerKeys;
}): Secret | null {
  const { text, account, to, former = [] } = args;
  const next = account.keys[to].value.reveal();
  const formerKeys = [...former];
  const inStrings = accountKeysIn(text, account.name);
  const starts = new Set(inStrings.map(({ at }) => at));
  const bare = [...text.matchAll(keyForm)]
    .map((match) => ({ key: match[0], at: match.index }))
    .filter(
      ({ key, at }) =>
        !starts.has(at) &&
        (nameOf(key, account) !== null ||
          formerKeys.some((each) => sameSecret(each.reveal(), key))),
    );
  let written = text;
  for (const { key, at } of [...inStrings, ...bare].toSorted((one, other) => other.at - one.at)) {
    written = written.slice(0, at) + next + written.slice(at + key.length);
  }
  const held = keysInText(written, account, formerKeys);
  return held.size === 1 && held.has(to) ? new Secret(written) : null;
}

/**
 * A connection string that opens an account. It names each address, for an account need not be where
 * its name suggests.
 */
export function connectionString(account: StorageAccount, name: KeyName): Secret {
  const { blob, queue, table } = account.endpoints;
  return new Secret(
    [
      `DefaultEndpointsProtocol=${new URL(blob).protocol.slice(0, -1)}`,
      `AccountName=${account.name}`,
      `AccountKey=${account.keys[name].value.reveal()}`,
      `BlobEndpoint=${blob}`,
      ...(queue === null ? [] : [`QueueEndpoint=${queue}`]),
      ...(table === null ? [] : [`TableEndpoint=${table}`]),
    ].join(';'),
  );
}

/** Everything in a text that has the form of an account key, whosever it is. */
export function keyFormsIn(text: string): readonly Secret[] {
  return [...text.matchAll(keyForm)].map(([key]) => new Secret(key));
}

/** Keys that stand in an account's connection strings in a text and are none of its two. */
export function deadKeysIn(text: string, account: StorageAccount): readonly Secret[] {
  return accountKeysIn(text, account.name)
    .filter(({ key }) => key.length === 88 && nameOf(key, account) === null)
    .map(({ key }) => new Secret(key));
}

function nameOf(key: string, account: StorageAccount): KeyName | null {
  return keyNames.find((name) => sameSecret(key, account.keys[name].value.reveal())) ?? null;
}

/** As JSON and URLs escape what a key consists of. */
function unescaped(text: string): string {
  return text
    .replace(/\\u00(2b|2f|3d)/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(/%(2b|2f|3d)/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replaceAll('\\/', '/');
}

function sameSecret(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
