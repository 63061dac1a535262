import { createHash, timingSafeEqual } from 'node:crypto';
import { Secret } from '@mispriced/config';
import { keyNames, type KeyName, type StorageAccount } from './storage-account.ts';

/** 64 bytes in base64, as every account key is. */
const keyForm = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==/g;
const accountKeyPart = /(?:^|;)\s*AccountKey=([^;]*)/i;
const accountNamePart = /(?:^|;)\s*AccountName=([^;]*)/i;

/** What a text says of an account: which of its keys it holds, or one that is no key of it any more. */
export type HeldKey = KeyName | 'dead';

/**
 * Finds which key of an account a text holds: a connection string of it, or a bare key that is one of
 * its two. Null where it holds none; a bare key of unknown origin says nothing of this account.
 */
export function keyInText(text: string, account: StorageAccount): HeldKey | null {
  const held = [...text.matchAll(keyForm)].map(([key]) => key);
  for (const name of keyNames) {
    if (held.some((key) => sameSecret(key, account.keys[name].value.reveal()))) return name;
  }
  const isOfAccount = accountNamePart.exec(text)?.[1]?.trim().toLowerCase() === account.name;
  return isOfAccount && accountKeyPart.test(text) ? 'dead' : null;
}

/** A text that is for an account, with another key of it in the place of the one it holds. */
export function withKey(text: string, account: StorageAccount, name: KeyName): Secret {
  const next = account.keys[name].value.reveal();
  if (accountKeyPart.test(text)) {
    return new Secret(
      text.replace(
        accountKeyPart,
        (part, old: string) => part.slice(0, part.length - old.length) + next,
      ),
    );
  }
  const known = keyNames.map((each) => account.keys[each].value.reveal());
  const isKnown = (key: string) => known.some((each) => sameSecret(each, key));
  // Where none is alive, each is a dead one of the account: the text was said to be for it.
  const someAlive = [...text.matchAll(keyForm)].some(([key]) => isKnown(key));
  return new Secret(text.replace(keyForm, (key) => (someAlive && !isKnown(key) ? key : next)));
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

/** Every account key that stands in a text, whosever it is. */
export function keysInText(text: string): readonly Secret[] {
  return [...text.matchAll(keyForm)].map(([key]) => new Secret(key));
}

function sameSecret(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
