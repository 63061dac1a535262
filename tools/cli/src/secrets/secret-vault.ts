import {
  keyOfSecretName,
  keyVaultSecretName,
  openSecretClient,
  openVaultAccess,
  vaultError,
  type Secret,
  type VaultAccess,
} from '@mispriced/config';
import type { CommandDependencies } from '../command-dependencies.ts';
import { stackConfigOptions } from '../stack-config.ts';

/** A version of a secret. Its value is not read. */
interface SecretVersion {
  readonly version: string;
  readonly enabled: boolean;
  readonly createdOn: string | null;
  readonly expiresOn: string | null;
}

/** A secret as a list shows it. */
export interface ListedSecret {
  /** The configuration's key; null for a secret that is none of its. */
  readonly key: string | null;
  readonly secretName: string;
  /** Newest first. */
  readonly versions: readonly SecretVersion[];
}

type SecretClient = Awaited<ReturnType<typeof openSecretClient>>;

/** The vault of a stack, for the people who look after its secrets. */
export interface SecretVault {
  readonly name: string;
  /** Needs the permission `set` on secrets, or the role "Key Vault Secrets Officer". */
  set(key: string, value: Secret): Promise<{ secretName: string; version: string }>;
  /** Needs the permission `list` on secrets, or the role "Key Vault Secrets User". */
  list(): Promise<readonly ListedSecret[]>;
}

/** Opens the vault of a stack: that of its environment, else the one its configuration names. */
export async function openSecretVault(
  options: { readonly stack: string },
  dependencies: CommandDependencies,
): Promise<SecretVault> {
  const access = await openVaultAccess(await stackConfigOptions(options, dependencies));
  const client = await openSecretClient(access);
  return {
    name: access.vault.name,
    set: async (key, value) => {
      const secretName = keyVaultSecretName(key);
      try {
        const { properties } = await client.setSecret(secretName, value.reveal());
        return { secretName, version: properties.version ?? '' };
      } catch (thrown) {
        throw vaultError({ thrown, operation: 'set', secretName, access });
      }
    },
    list: () => listSecrets(client, access),
  };
}

async function listSecrets(
  client: SecretClient,
  access: VaultAccess,
): Promise<readonly ListedSecret[]> {
  try {
    const listed: ListedSecret[] = [];
    for await (const { name } of client.listPropertiesOfSecrets()) {
      const versions: SecretVersion[] = [];
      for await (const each of client.listPropertiesOfSecretVersions(name)) {
        versions.push({
          version: each.version ?? '',
          enabled: each.enabled ?? true,
          createdOn: each.createdOn?.toISOString() ?? null,
          expiresOn: each.expiresOn?.toISOString() ?? null,
        });
      }
      const newestFirst = versions.toSorted((one, other) =>
        (other.createdOn ?? '').localeCompare(one.createdOn ?? ''),
      );
      listed.push({ key: keyOfSecretName(name), secretName: name, versions: newestFirst });
    }
    return listed.toSorted((one, other) => one.secretName.localeCompare(other.secretName));
  } catch (thrown) {
    throw vaultError({ thrown, operation: 'list', secretName: '', access });
  }
}
