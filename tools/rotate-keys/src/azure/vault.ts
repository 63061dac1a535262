import type { SecretProperties } from '@azure/keyvault-secrets';
import { openSecretClient, Secret, vaultError, type VaultAccess } from '@mispriced/config';
import type { ArmClient } from '@mispriced/azure';
import { z } from 'zod';
import { effect, type RotationDependencies } from '../rotation-dependencies.ts';

const apiVersion = '2024-11-01';
const vaultsSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    tags: z.record(z.string(), z.string()).nullish(),
    properties: z.object({ vaultUri: z.string() }),
  }),
);

/** A vault as it was listed. */
export interface ListedVault {
  readonly name: string;
  readonly url: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A secret as it is now: its newest version. */
export interface VaultSecret {
  readonly name: string;
  readonly version: string;
  /** Null where the newest version is disabled. */
  readonly value: Secret | null;
  readonly tags: Readonly<Record<string, string>>;
  readonly contentType: string | null;
  /** Kept by Key Vault itself for a certificate: nobody else can write it. */
  readonly managed: boolean;
}

/** What a rotation does with a vault. */
export interface Vault extends ListedVault {
  /** Every secret. Needs `list` and `get` on secrets. */
  secrets(): Promise<readonly VaultSecret[]>;
  /** The newest version, or another; null where there is no such secret. */
  read(name: string, version?: string): Promise<VaultSecret | null>;
  /** Values of earlier versions that are enabled, the newest first. */
  earlierValues(name: string): Promise<readonly Secret[]>;
  /** Disables every version but the newest and returns how many. Needs `set` on secrets. */
  disableOlder(name: string): Promise<number>;
  /** Disables one version. Needs `set` on secrets. */
  disable(name: string, version: string): Promise<void>;
  /** The tags of a secret that was deleted and can be brought back; null where none was. */
  deletedTags(name: string): Promise<VaultSecret['tags'] | null>;
  /** Brings a deleted secret back. Needs `recover` on secrets. */
  recover(name: string): Promise<void>;
  /** Writes a new version and returns its name. Needs `set` on secrets. */
  write(secret: {
    readonly name: string;
    readonly value: Secret;
    readonly tags: Readonly<Record<string, string>>;
    readonly contentType: string | null;
    readonly expiresOn: Date | null;
  }): Promise<string>;
}

/** Only this many earlier versions are looked at. */
const versionsRead = 3;

/** Lists the vaults of a resource group. Needs Reader on it. */
export async function listVaults(arm: ArmClient, groupId: string): Promise<readonly ListedVault[]> {
  const path = `${groupId}/providers/Microsoft.KeyVault/vaults`;
  return vaultsSchema.parse(await arm.list(path, apiVersion)).map(({ name, tags, properties }) => ({
    name,
    tags: tags ?? {},
    url: properties.vaultUri.replace(/\/+$/, ''),
  }));
}

/** Opens a vault as whoever is signed in. */
export async function openVault(
  listed: ListedVault,
  dependencies: RotationDependencies,
): Promise<Vault> {
  const access: VaultAccess = {
    vault: listed,
    identity: { credential: dependencies.credential, description: 'your sign-in' },
    timeoutSeconds: 60,
  };
  const client = await openSecretClient(access);
  const say = (thrown: unknown, operation: 'get' | 'set' | 'list', secretName: string): Error =>
    vaultError({ thrown, operation, secretName, access });
  const read = async (
    name: string,
    version?: string,
    listed: SecretProperties | null = null,
  ): Promise<VaultSecret | null> => {
    try {
      const options = version === undefined ? {} : { version };
      const { value = '', properties } = await client.getSecret(name, options);
      return { name, value: new Secret(value), ...described(properties) };
    } catch (thrown) {
      if (isStatus(thrown, 404) && saysOf(thrown, 'SecretNotFound')) return null;
      if (!isDisabled(thrown)) throw say(thrown, 'get', name);
      // What is disabled still has its tags, in a list.
      return { name, value: null, ...described(listed ?? {}) };
    }
  };
  const disable = (name: string, version: string) =>
    effect(dependencies, `disable a version of ${name}`, () =>
      client.updateSecretProperties(name, version, { enabled: false }),
    );
  return {
    ...listed,
    read: (name, version) => read(name, version),
    secrets: async () => {
      const listed: SecretProperties[] = [];
      try {
        for await (const each of client.listPropertiesOfSecrets()) listed.push(each);
      } catch (thrown) {
        throw say(thrown, 'list', '');
      }
      const found: VaultSecret[] = [];
      const inOrder = listed.toSorted((one, other) => (one.name < other.name ? -1 : 1));
      for (const properties of inOrder) {
        const secret = await read(properties.name, undefined, properties);
        if (secret !== null) found.push(secret);
      }
      return found;
    },
    earlierValues: async (name) => {
      try {
        const versions = [];
        for await (const each of client.listPropertiesOfSecretVersions(name)) {
          if (each.enabled === true && each.version !== undefined) versions.push(each);
        }
        const newestFirst = versions.toSorted(
          (one, other) => (other.createdOn?.getTime() ?? 0) - (one.createdOn?.getTime() ?? 0),
        );
        const values: Secret[] = [];
        for (const { version = '' } of newestFirst.slice(1, 1 + versionsRead)) {
          const { value } = await client.getSecret(name, { version });
          if (value !== undefined) values.push(new Secret(value));
        }
        return values;
      } catch (thrown) {
        throw say(thrown, 'get', name);
      }
    },
    disableOlder: async (name) => {
      try {
        const newest = (await client.getSecret(name)).properties.version;
        let count = 0;
        for await (const { version, enabled } of client.listPropertiesOfSecretVersions(name)) {
          if (version === undefined || version === newest || enabled !== true) continue;
          await disable(name, version);
          count += 1;
        }
        return count;
      } catch (thrown) {
        throw say(thrown, 'set', name);
      }
    },
    disable: async (name, version) => {
      try {
        await disable(name, version);
      } catch (thrown) {
        throw say(thrown, 'set', name);
      }
    },
    deletedTags: async (name) => {
      try {
        return (await client.getDeletedSecret(name)).properties.tags ?? {};
      } catch (thrown) {
        if (isStatus(thrown, 404)) return null;
        throw say(thrown, 'get', name);
      }
    },
    recover: async (name) => {
      try {
        await effect(dependencies, `recover the secret ${name}`, async () => {
          const poller = await client.beginRecoverDeletedSecret(name, { intervalInMs: 500 });
          await poller.pollUntilDone();
        });
      } catch (thrown) {
        // Recovered by an attempt whose answer was lost.
        if ((await read(name)) === null) throw say(thrown, 'set', name);
      }
    },
    write: async ({ name, value, tags, contentType, expiresOn }) => {
      try {
        const options = {
          tags: { ...tags },
          ...(contentType !== null && { contentType }),
          ...(expiresOn !== null && { expiresOn }),
        };
        const { properties } = await effect(dependencies, `write the secret ${name}`, () =>
          client.setSecret(name, value.reveal(), options),
        );
        return properties.version ?? '';
      } catch (thrown) {
        throw say(thrown, 'set', name);
      }
    },
  };
}

function described(
  properties: Partial<SecretProperties>,
): Pick<VaultSecret, 'version' | 'tags' | 'contentType' | 'managed'> {
  const { version = '', tags = {}, contentType = null, managed = false } = properties;
  return { version, tags, contentType, managed };
}

function isStatus(thrown: unknown, status: number): boolean {
  return thrown instanceof Error && 'statusCode' in thrown && thrown.statusCode === status;
}

function isDisabled(thrown: unknown): boolean {
  return isStatus(thrown, 403) && saysOf(thrown, 'SecretDisabled');
}

function saysOf(thrown: unknown, code: string): boolean {
  return JSON.stringify(thrown).includes(code);
}
