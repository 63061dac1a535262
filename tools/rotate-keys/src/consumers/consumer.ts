import type { Secret } from '@mispriced/config';
import type { HeldKey } from '../account/key-in-text.ts';
import type { KeyName } from '../account/storage-account.ts';
import type { FoundSignature } from '../account/signature-in-text.ts';

/** Which key something holds, or why it holds none that could be used. */
export type Held =
  | HeldKey
  /** Both keys: whichever dies, it loses one. */
  | 'both'
  /** It may hold one, and could not be read. */
  | 'unseen'
  /** Nothing is there, and nothing ever was. */
  | 'missing'
  /** A secret that was deleted and can be brought back. */
  | 'deleted'
  /** A secret whose newest version is disabled. */
  | 'disabled'
  /** Something that opens nothing. */
  | 'garbage';

interface CommonConsumer {
  /** How it is called to people, such as `the secret a of the vault b`. */
  readonly label: string;
  readonly holds: Held;
  /** Why it cannot be given another key; null where it can. */
  readonly immovable: string | null;
  /** Keys in it that are known to be former ones of the account, without its name beside them. */
  readonly former: readonly Secret[];
}

/** A Key Vault secret that holds a key of an account. */
export interface SecretConsumer extends CommonConsumer {
  readonly kind: 'secret';
  readonly vaultName: string;
  readonly secretName: string;
  readonly version: string;
  readonly value: Secret | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly contentType: string | null;
  /** The key that its tag CredentialId names. */
  readonly tagged: KeyName | null;
}

/** An app setting that itself holds a key, or ought to refer to a secret and does not. */
export interface SettingConsumer extends CommonConsumer {
  readonly kind: 'setting';
  readonly appName: string;
  readonly setting: string;
  readonly value: Secret | null;
  /** The secret it ought to refer to; null for a setting that is not the stack's own. */
  readonly shouldBe: string | null;
}

/** Something that opens an account with a key. */
export type Consumer = SecretConsumer | SettingConsumer;

/** An app whose settings hold a key of an account or refer to a secret that does. */
export interface AppUse {
  readonly name: string;
  /** Code was brought to it: it can be asked how it is. */
  readonly deployed: boolean;
  /** Settings that are references, with the secret each refers to. */
  readonly references: readonly { readonly setting: string; readonly secretName: string }[];
}

/** A signature that dies with the keys, and where it stands. */
export interface FoundSignatureIn extends FoundSignature {
  readonly label: string;
}
