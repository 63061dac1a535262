import { createPublicKey, generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto';
import { omit } from '../../src/omit.ts';
import type { StateFolder } from '../../src/state/state-folder.ts';

/** What can be asked of a key. */
export const keyOperationNames = [
  ...(['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey'] as const),
] as const;

/** The sizes of an RSA key, in bits. */
export const keySizes = [2048, 3072, 4096] as const;

/** What a key is to be. */
interface KeyRequest {
  readonly keySize: number;
  readonly keyOps: readonly string[];
  readonly enabled: boolean;
}

/** One version of a key; times are Unix seconds, as Key Vault counts them. */
export interface KeyVersion extends KeyRequest {
  readonly version: string;
  readonly privatePem: string;
  readonly created: number;
}

/** A key with its versions, the newest last. */
export interface Key {
  readonly name: string;
  readonly versions: readonly [KeyVersion, ...KeyVersion[]];
}

/** The keys of all vaults, by the vault's resource id and the key's name. */
export interface KeyStore {
  find(vaultId: string, name: string): Key | undefined;
  all(vaultId: string): readonly Key[];
  /** Makes a key, or a new version of one that is there. */
  create(args: { vaultId: string; name: string; request: KeyRequest }): Key;
  /** Drops a purged vault's keys. */
  removeVault(vaultId: string): void;
}

/** Opens the keys kept in the state folder, which is sealed. */
export function openKeyStore(args: { state: StateFolder; clock: () => Date }): KeyStore {
  const document = args.state.document<Record<string, Record<string, Key>>>('keys', () => ({}));
  const vault = (vaultId: string): Record<string, Key> =>
    document.value[vaultId.toLowerCase()] ?? {};
  return {
    find: (vaultId, name) => vault(vaultId)[name.toLowerCase()],
    all: (vaultId) => Object.values(vault(vaultId)),
    create: ({ vaultId, name, request }) => {
      const existing = vault(vaultId)[name.toLowerCase()];
      const version = makeVersion(request, Math.floor(args.clock().getTime() / 1000));
      const key: Key =
        existing === undefined
          ? { name, versions: [version] }
          : { name: existing.name, versions: [...existing.versions, version] };
      const keys = { ...vault(vaultId), [name.toLowerCase()]: key };
      document.value[vaultId.toLowerCase()] = keys;
      document.save();
      return key;
    },
    removeVault: (vaultId) => {
      document.value = omit(document.value, vaultId.toLowerCase());
      document.save();
    },
  };
}

/** The version that a request without one means. */
export function newestVersion(key: Key): KeyVersion {
  return key.versions.at(-1) ?? key.versions[0];
}

/** The public half, as a JSON web key. */
export function publicHalf(version: KeyVersion): JsonWebKey {
  const { kty, n, e } = createPublicKey(version.privatePem).export({ format: 'jwk' });
  return { ...(kty !== undefined && { kty }), ...(n && { n }), ...(e && { e }) };
}

function makeVersion(request: KeyRequest, created: number): KeyVersion {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: request.keySize });
  return {
    ...request,
    version: randomBytes(16).toString('hex'),
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    created,
  };
}
