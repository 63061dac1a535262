import { Secret } from '@mispriced/config';
import { MispricedError } from '@mispriced/core';
import type { ArmClient } from '@mispriced/azure';
import { z } from 'zod';
import {
  type AccountKey,
  type KeyName,
  keyNames,
  type StorageAccount,
} from '../account/storage-account.ts';

const apiVersion = '2024-01-01';

/** The role that lets somebody read and renew an account's keys. */
export const keyOperator = 'Storage Account Key Operator Service Role';

const accountSchema = z.object({
  id: z.string(),
  name: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.object({
    allowSharedKeyAccess: z.boolean().nullish(),
    primaryEndpoints: z.object({
      blob: z.string(),
      queue: z.string().nullish(),
      table: z.string().nullish(),
    }),
  }),
});

const keysSchema = z.object({
  keys: z.array(
    z.object({ keyName: z.string(), value: z.string(), creationTime: z.string().nullish() }),
  ),
});

/** An account before its keys are read, with its tags. */
export interface ListedAccount extends Omit<StorageAccount, 'keys'> {
  readonly tags: Readonly<Record<string, string>>;
}

/** Lists the accounts of a resource group. Needs Reader on it. */
export async function listAccounts(arm: ArmClient, groupId: string): Promise<ListedAccount[]> {
  const path = `${groupId}/providers/Microsoft.Storage/storageAccounts`;
  return z
    .array(accountSchema)
    .parse(await arm.list(path, apiVersion))
    .map(({ id, name, tags, properties }) => ({
      id,
      name,
      tags: tags ?? {},
      endpoints: {
        blob: properties.primaryEndpoints.blob,
        queue: properties.primaryEndpoints.queue ?? null,
        table: properties.primaryEndpoints.table ?? null,
      },
      // Not said means allowed.
      sharedKeyAllowed: properties.allowSharedKeyAccess !== false,
    }));
}

/**
 * Reads both keys. Needs Storage Account Key Operator Service Role on the account.
 *
 * @throws MispricedError `CREDENTIAL_REFUSED` naming that role.
 */
export async function listKeys(arm: ArmClient, accountId: string): Promise<StorageAccount['keys']> {
  const path = `${accountId}/listKeys`;
  try {
    return readKeys((await arm.send({ method: 'POST', path, apiVersion })).body);
  } catch (thrown) {
    if (!(thrown instanceof MispricedError) || thrown.code !== 'CREDENTIAL_REFUSED') throw thrown;
    throw new MispricedError({
      code: 'CREDENTIAL_REFUSED',
      message: thrown.message,
      fix: `To read the keys of an account takes the role ${keyOperator} on it. The operators' group gets that from \`up\` in key mode; in identity mode somebody has to grant it.`,
      cause: thrown,
    });
  }
}

/**
 * Makes a key anew: the old one opens nothing from then on. Returns both keys. Needs Storage Account
 * Key Operator Service Role on the account.
 */
export async function regenerateKey(args: {
  arm: ArmClient;
  accountId: string;
  keyName: KeyName;
}): Promise<StorageAccount['keys']> {
  const path = `${args.accountId}/regenerateKey`;
  const body = { keyName: args.keyName };
  return readKeys((await args.arm.send({ method: 'POST', path, apiVersion, body })).body);
}

function readKeys(body: unknown): StorageAccount['keys'] {
  const { keys } = keysSchema.parse(body);
  const key = (name: KeyName): AccountKey => {
    const found = keys.find(({ keyName }) => keyName.toLowerCase() === name);
    if (found === undefined) throw new TypeError(`The account has no ${name}.`);
    return { name, createdAt: found.creationTime ?? null, value: new Secret(found.value) };
  };
  const [one, other] = keyNames;
  return { [one]: key(one), [other]: key(other) };
}
