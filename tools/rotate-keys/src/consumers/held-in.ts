import type { Secret } from '@mispriced/config';
import { keysInText, withKey } from '../account/key-in-text.ts';
import { keyNames, type StorageAccount } from '../account/storage-account.ts';
import type { Held } from './consumer.ts';

/** What a text holds of an account's keys, and whether another can take their place. */
export interface HeldInText {
  readonly holds: Held;
  readonly immovable: string | null;
}

/** Says which key of an account a text holds; null where it holds none. */
export function heldIn(
  text: string,
  account: StorageAccount,
  former: readonly Secret[],
): HeldInText | null {
  const held = keysInText(text, account, former);
  if (held.size === 0) return null;
  if (keyNames.every((name) => held.has(name))) {
    return {
      holds: 'both',
      immovable: 'it holds both keys of the account; leave one of them in it',
    };
  }
  const isReplaced = keyNames.every((to) => withKey({ text, account, to, former }) !== null);
  // One that is dead beside one that lives: it does not work as a whole.
  const holds = held.has('dead') ? 'dead' : (keyNames.find((name) => held.has(name)) ?? 'dead');
  return {
    holds,
    immovable: isReplaced
      ? null
      : 'the key stands in it in a form that cannot be replaced; write it unescaped, or refer to a secret',
  };
}
