import { provesAll } from '@mispriced/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  BlobServiceClient,
  generateAccountSASQueryParameters,
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { expectRotated } from './support/expect-rotated.ts';
import {
  accountName,
  type KeyStack,
  openRunningKeyStack,
  ownSettings,
  secretName,
  vaultName,
} from './support/key-stack.ts';

let stack: KeyStack;

beforeAll(async () => {
  stack = await openRunningKeyStack();
});
afterAll(() => stack.close());
beforeEach(async () => {
  await stack.putSettings(ownSettings(stack.vaultUrl));
  await stack.untilWell();
});

const inUse = async () => {
  const { value = '' } = await stack.secrets.getSecret(secretName);
  return /AccountKey=([^;]+)/.exec(value)?.[1] ?? '';
};

describe('what uses a key', () => {
  it('is moved wherever it is: three of one key, one of them untagged, one in a setting', async () => {
    const before = await stack.keys();
    const key = await inUse();
    await stack.secrets.setSecret('reporting-key', key);
    await stack.putSettings({
      ...ownSettings(stack.vaultUrl),
      REPORTS: `AccountName=${accountName};AccountKey=${key};BlobEndpoint=https://elsewhere.example.com/`,
    });
    await stack.untilWell();
    const result = await stack.rotate();
    const [account] = result.accounts;
    expect(account?.consumers).toHaveLength(3);
    expect(new Set(account?.consumers.map(({ holds }) => holds)).size).toBe(1);
    await expectRotated(stack, before);
    const now = await inUse();
    expect((await stack.secrets.getSecret('reporting-key')).value).toBe(now);
    expect((await stack.settings())['REPORTS']).toContain(
      `AccountKey=${now};BlobEndpoint=https://elsewhere`,
    );
    await (await stack.secrets.beginDeleteSecret('reporting-key')).pollUntilDone();
  });

  if (provesAll) {
    it('becomes the reference again that it was, where somebody put a key in its place', async () => {
      const { value = '' } = await stack.secrets.getSecret(secretName);
      const own = ownSettings(stack.vaultUrl);
      await stack.putSettings({ ...own, AzureWebJobsStorage: value });
      await stack.untilWell();
      await stack.rotate();
      expect(await stack.settings()).toEqual(own);
    });
  }

  it('is named where it cannot be moved, and nothing is changed', async () => {
    const { properties } = await stack.secrets.getSecret(secretName);
    const pinned = `@Microsoft.KeyVault(VaultName=${vaultName};SecretName=${secretName};SecretVersion=${properties.version ?? ''})`;
    await stack.putSettings({ ...ownSettings(stack.vaultUrl), REPORTS: pinned });
    await stack.untilWell();
    const keys = await stack.keys();
    await expect(stack.rotate()).rejects.toMatchObject({
      code: 'ROTATION_REFUSED',
      message: expect.stringMatching(/REPORTS.*cannot be moved/) as string,
    });
    expect(await stack.keys()).toEqual(keys);
  });

  if (provesAll) {
    it('is told of a signature before it dies', async () => {
      const key = await inUse();
      const sas = generateAccountSASQueryParameters(
        {
          expiresOn: new Date(Date.now() + 86_400_000),
          permissions: AccountSASPermissions.parse('r'),
          services: AccountSASServices.parse('b').toString(),
          resourceTypes: AccountSASResourceTypes.parse('s').toString(),
        },
        new StorageSharedKeyCredential(accountName, key),
      ).toString();
      stack.everSecret.add(new URLSearchParams(sas).get('sig') ?? '');
      const url = `${stack.cloud.addresses.hosted('blob', accountName)}/?${sas}`;
      await stack.putSettings({ ...ownSettings(stack.vaultUrl), FEED: url });
      await stack.untilWell();
      const plan = await stack.rotate({ dryRun: true });
      expect(plan.accounts).toMatchObject([
        { status: 'planned', signatures: [{ label: expect.stringContaining('FEED') as string }] },
      ]);
      await new BlobServiceClient(url).getProperties();
      stack.heard.length = 0;
      await stack.rotate();
      const first = stack.heard.findIndex((line) => line.includes('signature'));
      expect(first).toBeGreaterThanOrEqual(0);
      expect(first).toBeLessThan(stack.heard.findIndex((line) => line.startsWith('regenerate')));
      await expect(new BlobServiceClient(url).getProperties()).rejects.toMatchObject({
        statusCode: 403,
      });
    });
  }
});

if (provesAll) {
  describe('a second account', () => {
    it('is rotated as well, or alone', async () => {
      const id = `${stack.group}/providers/Microsoft.Storage/storageAccounts/stsecond`;
      await stack.arm('PUT', id, '2024-01-01', {
        location: 'westeurope',
        kind: 'StorageV2',
        sku: { name: 'Standard_LRS' },
        properties: { allowSharedKeyAccess: true },
      });
      const [first, second] = [await stack.keys(), await stack.keys(id)];
      const alone = await stack.rotate({ only: 'stsecond' });
      expect(alone.accounts).toMatchObject([{ account: 'stsecond', status: 'rotated' }]);
      expect(await stack.keys()).toEqual(first);
      expect(Object.values(await stack.keys(id))).not.toContain(second.key1);
      const both = await stack.rotate();
      expect(both.accounts.map(({ status }) => status)).toEqual(['rotated', 'rotated']);
      await expect(stack.rotate({ only: 'stthird' })).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
      });
    });
  });
}

describe('a rotation does not begin', () => {
  it('while a key is young, a slot is near, or the app is not well; it lists every reason', async () => {
    const soon = new Date(Date.now() + 60_000);
    await stack.putSettings({
      ...ownSettings(stack.vaultUrl),
      MISPRICED__SCHEDULE__DAILY_TRADE: `0 ${soon.getUTCMinutes()} ${soon.getUTCHours()} * * *`,
      MARKET: 'away',
    });
    await stack.untilStatus((status) => status?.healthy === false, 'The app does not mind.');
    const keys = await stack.keys();
    const options = { marginSeconds: 600, graceSeconds: 86_400 };
    const refused: unknown = await stack.rotate(options).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'ROTATION_REFUSED' });
    for (const reason of [
      /key1 was made \d+ seconds ago/,
      /the market is away/,
      /The slot .* less than 600/,
    ]) {
      expect(String(refused)).toMatch(reason);
    }
    expect(await stack.keys()).toEqual(keys);
    const aged = { ...options, maxAgeDays: 30, only: accountName };
    expect((await stack.rotate(aged)).accounts).toMatchObject([{ status: 'young' }]);
  });
});

it('no line, journal or blob ever held a key', async () => {
  const { findSecrets } = await import('./support/find-secrets.ts');
  expect(await findSecrets(stack)).toEqual([]);
});
