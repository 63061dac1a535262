import { provesAll } from '@mispriced/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectRotated } from './support/expect-rotated.ts';
import { findSecrets } from './support/find-secrets.ts';
import { rotateInProcess } from './support/kill-rotation.ts';
import {
  accountName,
  type KeyStack,
  openRunningKeyStack,
  otherAppName,
  ownSettings,
  secretName,
  vaultName,
} from './support/key-stack.ts';

let stack: KeyStack;
let otherApp: string;
let secondAccount: string;

beforeAll(async () => {
  stack = await openRunningKeyStack();
  secondAccount = `${stack.group}/providers/Microsoft.Storage/storageAccounts/stsecond`;
  await stack.arm('PUT', secondAccount, '2024-01-01', {
    location: 'westeurope',
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    properties: { allowSharedKeyAccess: true },
  });
  const { key1 } = await stack.keys();
  const { key1: second } = await stack.keys(secondAccount);
  await stack.secrets.setSecret('reporting-key', key1);
  otherApp = await stack.addOtherApp({
    ...ownSettings(stack.vaultUrl),
    REPORTS: reference('reporting-key'),
    // What opens the other account stands before what opens this one.
    BOTH: `AccountName=stsecond;AccountKey=${second}\nAccountName=${accountName};AccountKey=${key1}`,
  });
});
afterAll(() => stack.close());

const reference = (name: string, version = '') =>
  `@Microsoft.KeyVault(SecretUri=${stack.vaultUrl.replace(/\.localhost:\d+/, '.azure.net')}/secrets/${name}/${version})`;

async function otherSettings(changes: Readonly<Record<string, string | null>> = {}) {
  const path = `${otherApp}/config/appsettings`;
  const before = (await stack.arm('POST', `${path}/list`, '2025-05-01')) as {
    properties: Record<string, string>;
  };
  if (Object.keys(changes).length === 0) return before.properties;
  const all = Object.entries({ ...before.properties, ...changes });
  const properties = Object.fromEntries(all.filter(([, value]) => value !== null));
  await stack.arm('PUT', path, '2025-05-01', { properties });
  return properties as Record<string, string>;
}

it(
  'two accounts, and three consumers of a key with another app among them, are all moved',
  { timeout: 600_000 },
  async () => {
    const [first, second] = [await stack.keys(), await stack.keys(secondAccount)];
    const result = await stack.rotate();
    expect(result.accounts.map(({ status }) => status)).toEqual(['rotated', 'rotated']);
    const own = result.accounts.find(({ account }) => account === accountName);
    expect(own?.consumers.map(({ holds }) => holds)).toEqual(['key2', 'key2', 'key2']);
    expect(new Set(own?.restarts.map(({ app }) => app)).has(otherAppName)).toBe(true);
    await expectRotated(stack, first);
    const now = { first: await stack.keys(), second: await stack.keys(secondAccount) };
    for (const key of Object.values(second)) expect(Object.values(now.second)).not.toContain(key);
    expect((await otherSettings())['BOTH']).toBe(
      `AccountName=stsecond;AccountKey=${now.second.key2}\nAccountName=${accountName};AccountKey=${now.first.key2}`,
    );
    expect((await stack.secrets.getSecret('reporting-key')).value).toBe(now.first.key2);
  },
);

it.each([
  [
    'both keys in one setting',
    async () => {
      const { key1, key2 } = await stack.keys();
      return JSON.stringify({ primary: key1, secondary: key2 });
    },
    /FEED.* holds both keys and cannot be moved/,
  ],
  [
    'a vault that cannot be read',
    () => {
      const where = {
        service: 'key-vault',
        path: '/secrets/some-key',
        skip: 0,
        count: 20,
      } as const;
      stack.cloud.setFaults([{ ...where, kind: 'status', status: 403 }]);
      return Promise.resolve('@Microsoft.KeyVault(VaultName=kv-elsewhere;SecretName=some-key)');
    },
    /FEED.* may hold a key and cannot be moved: the secret some-key of the vault kv-elsewhere/,
  ],
  [
    'a key in the vault of another stack',
    async () => {
      const vault = (await stack.arm(
        'GET',
        `${stack.group}/providers/Microsoft.KeyVault/vaults/${vaultName}`,
        '2024-11-01',
      )) as { location: string; properties: object };
      const id = `${stack.group}/providers/Microsoft.KeyVault/vaults/kv-another`;
      const { tenantId, sku, accessPolicies } = vault.properties as Record<string, object>;
      await stack.arm('PUT', id, '2024-11-01', {
        location: vault.location,
        tags: { project: 'mispriced', stack: 'staging' },
        properties: { tenantId, sku, accessPolicies, enableSoftDelete: true },
      });
      const { SecretClient } = await import('@azure/keyvault-secrets');
      const url = stack.cloud.addresses.hosted('vault', 'kv-another');
      const client = new SecretClient(url, stack.dependencies().credential, {
        disableChallengeResourceVerification: true,
      });
      const { value = '' } = await stack.secrets.getSecret(secretName);
      await client.setSecret('shared-key', value);
      return '@Microsoft.KeyVault(VaultName=kv-another;SecretName=shared-key)';
    },
    /FEED.* holds key\d and cannot be moved: .* the vault kv-another, which is not the stack's/,
  ],
])('%s: it is named, and nothing is changed', async (_, feed, words) => {
  await otherSettings({ FEED: await feed() });
  const keys = await stack.keys();
  await expect(stack.rotate()).rejects.toMatchObject({
    code: 'ROTATION_REFUSED',
    message: expect.stringMatching(words) as string,
  });
  stack.cloud.setFaults([]);
  expect(await stack.keys()).toEqual(keys);
  await otherSettings({ FEED: null });
});

if (provesAll) {
  it(
    'what came to use a key while a rotation was killed is named before that key dies',
    { timeout: 600_000 },
    async () => {
      const { value = '', properties } = await stack.secrets.getSecret(secretName);
      const [before, name] = [await stack.keys(), properties.tags?.['CredentialId'] ?? ''];
      const { effects } = await rotateInProcess(stack, null, { dryRun: true, only: accountName });
      expect(effects).toEqual([]);
      // After the first renewal, its two lines in the journal, and the write of the first secret.
      const at = 2 + 2 + 2 + 2;
      const { killed } = await rotateInProcess(stack, { at, when: 'after' }, { only: accountName });
      expect(killed).toBe(true);
      await stack.breakLock();
      await otherSettings({ FEED: reference(secretName, properties.version) });
      const refused: unknown = await stack.rotate({ only: accountName }).catch((e: unknown) => e);
      expect(refused).toMatchObject({
        code: 'ROTATION_UNDONE',
        message: expect.stringMatching(
          /FEED.* cannot be moved: it refers to one version/,
        ) as string,
      });
      expect((await stack.keys())[name as 'key1']).toBe(before[name as 'key1']);
      expect((await stack.secrets.getSecret(secretName)).value).toBe(value);
      await otherSettings({ FEED: null });
      // The key that was made in vain is young, and stands in nobody's way.
      await stack.arm('POST', `${stack.appId}/restart`, '2025-05-01');
      await stack.untilWell();
      const keys = await stack.keys();
      expect((await stack.rotate({ only: accountName })).accounts).toMatchObject([
        { status: 'rotated' },
      ]);
      await expectRotated(stack, keys);
    },
  );
}

it('no line, journal or blob ever held a key', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
