import { openSecretClient, Secret, vaultError, type VaultAccess } from '@mispriced/config';
import type { ArmClient } from '@mispriced/deploy';
import { z } from 'zod';
import { effect, type RotationWorld } from '../rotation-world.ts';

const apiVersion = '2024-11-01';
const vaultsSchema = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      tags: z.record(z.string(), z.string()).nullish(),
      properties: z.object({ vaultUri: z.string() }),
    }),
  ),
});

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
  /** The newest version; null where there is no such secret. */
  read(name: string): Promise<VaultSecret | null>;
  /** Values of earlier versions that are enabled, the newest first. */
  earlierValues(name: string): Promise<readonly Secret[]>;
  /** Disables every version but the newest and returns how many. Needs `set` on secrets. */
  disableOlder(name: string): Promise<number>;
  /** Whether a secret was deleted and can be brought back. */
  isDeleted(name: string): Promise<boolean>;
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
  const { body } = await arm.send({ method: 'GET', path, apiVersion });
  return vaultsSchema.parse(body).value.map(({ name, tags, properties }) => ({
    ...{ name, tags: tags ?? {}, url: properties.vaultUri.replace(/\/+$/, '') },
  }));
}

/** Opens a vault as whoever is signed in. */
export async function openVault(listed: ListedVault, world: RotationWorld): Promise<Vault> {
  const access: VaultAccess = {
    vault: listed,
    identity: { credential: world.credential, description: 'your sign-in' },
    timeoutSeconds: 60,
  };
  const client = await openSecretClient(access);
  const say = (thrown: unknown, operation: 'get' | 'set' | 'list', secretName: string): Error =>
    vaultError({ thrown, operation, secretName, access });
  const read = async (name: string): Promise<VaultSecret | null> => {
    try {
      const { value = '', properties } = await client.getSecret(name);
      return {
        ...{ name, version: properties.version ?? '', value: new Secret(value) },
        tags: properties.tags ?? {},
        contentType: properties.contentType ?? null,
        managed: properties.managed ?? false,
      };
    } catch (thrown) {
      if (isStatus(thrown, 404)) return null;
      if (!isDisabled(thrown)) throw say(thrown, 'get', name);
      const unread = { name, version: '', value: null, tags: {}, contentType: null };
      return { ...unread, managed: false };
    }
  };
  return {
    ...listed,
    read,
    secrets: async () => {
      const names: string[] = [];
      try {
        for await (const { name } of client.listPropertiesOfSecrets()) names.push(name);
      } catch (thrown) {
        throw say(thrown, 'list', '');
      }
      const found: VaultSecret[] = [];
      for (const name of names.sort()) {
        const secret = await read(name);
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
          await effect(world, `disable a version of ${name}`, () =>
            client.updateSecretProperties(name, version, { enabled: false }),
          );
          count += 1;
        }
        return count;
      } catch (thrown) {
        throw say(thrown, 'set', name);
      }
    },
    isDeleted: async (name) => {
      try {
        await client.getDeletedSecret(name);
        return true;
      } catch (thrown) {
        if (isStatus(thrown, 404)) return false;
        throw say(thrown, 'get', name);
      }
    },
    recover: async (name) => {
      try {
        await effect(world, `recover the secret ${name}`, async () => {
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
        const { properties } = await effect(world, `write the secret ${name}`, () =>
          client.setSecret(name, value.reveal(), options),
        );
        return properties.version ?? '';
      } catch (thrown) {
        throw say(thrown, 'set', name);
      }
    },
  };
}

function isStatus(thrown: unknown, status: number): boolean {
  return thrown instanceof Error && 'statusCode' in thrown && thrown.statusCode === status;
}

function isDisabled(thrown: unknown): boolean {
  return isStatus(thrown, 403) && JSON.stringify(thrown).includes('SecretDisabled');
}
