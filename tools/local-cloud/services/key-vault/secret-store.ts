import { randomBytes } from 'node:crypto';
import { omit } from '../../src/omit.ts';
import type { StateFolder } from '../../src/state/state-folder.ts';

/** One version of a secret; times are Unix seconds, as Key Vault counts them. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
  readonly contentType: string | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly notBefore: number | null;
  readonly expires: number | null;
  readonly created: number;
  readonly updated: number;
}

/** A secret with its versions, the newest last. */
export interface Secret {
  readonly name: string;
  readonly versions: readonly SecretVersion[];
  /** Since when it is deleted, and when it goes for good; null while it is there. */
  readonly deleted: { readonly at: number; readonly purgeAt: number } | null;
}

/** The secrets of all vaults, by the vault's resource id and the secret's name. */
export interface SecretStore {
  find(vaultId: string, name: string): Secret | undefined;
  all(vaultId: string): readonly Secret[];
  put(vaultId: string, secret: Secret): void;
  remove(vaultId: string, name: string): void;
  /** Drops a purged vault's secrets. */
  removeVault(vaultId: string): void;
}

/** Opens the secrets kept in the state folder; what is past its purge date is gone. */
export function openSecretStore(args: { state: StateFolder; clock: () => Date }): SecretStore {
  const document = args.state.document<Record<string, Record<string, Secret>>>(
    'secrets',
    () => ({}),
  );
  const vault = (vaultId: string): Record<string, Secret> =>
    document.value[vaultId.toLowerCase()] ?? {};
  const isThere = (secret: Secret | undefined): secret is Secret =>
    secret !== undefined &&
    (secret.deleted === null || secret.deleted.purgeAt * 1000 > args.clock().getTime());
  return {
    find: (vaultId, name) => {
      const secret = vault(vaultId)[name.toLowerCase()];
      return isThere(secret) ? secret : undefined;
    },
    all: (vaultId) =>
      Object.values(vault(vaultId))
        .filter(isThere)
        .sort((one, other) => (one.name < other.name ? -1 : 1)),
    put: (vaultId, secret) => {
      const secrets = { ...vault(vaultId), [secret.name.toLowerCase()]: secret };
      document.value[vaultId.toLowerCase()] = secrets;
      document.save();
    },
    remove: (vaultId, name) => {
      document.value[vaultId.toLowerCase()] = omit(vault(vaultId), name.toLowerCase());
      document.save();
    },
    removeVault: (vaultId) => {
      document.value = omit(document.value, vaultId.toLowerCase());
      document.save();
    },
  };
}

/** A version's name: 32 hexadecimal digits. */
export function newSecretVersion(): string {
  return randomBytes(16).toString('hex');
}
