import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fast, type SiteTest, startSiteTest } from './site-test.ts';

let test: SiteTest['test'];
let web: SiteTest['web'];
let group: SiteTest['group'];
let identity: SiteTest['identity'];
let lastSite: SiteTest['lastSite'];
let secrets: SiteTest['secrets'];
let siteBody: SiteTest['siteBody'];
let put: SiteTest['put'];
const hoursLater = { value: 0 };
beforeAll(async () => {
  ({ test, web, group, identity, lastSite, secrets, siteBody, put } = await startSiteTest({
    clock: () => new Date(Date.now() + hoursLater.value * 3_600_000),
  }));
});
afterAll(() => test.close());

describe('references to secrets in app settings', () => {
  beforeAll(async () => {
    await secrets().setSecret('trading--api-key', 'first');
    for (const plan of ['plan', 'other-plan']) {
      await put(`/providers/Microsoft.Web/serverfarms/${plan}`, '2025-05-01', {
        location: 'westeurope',
        sku: { name: 'FC1' },
        properties: { reserved: true },
      });
    }
    await web.webApps.createOrUpdate('apps', 'trader', siteBody(), fast);
  });

  it('knows every status of a reference', async () => {
    const version = (await secrets().setSecret('off', 'x')).properties.version ?? '';
    await secrets().updateSecretProperties('off', version, { enabled: false });
    const uri = `${test.cloud.addresses.hosted('vault', 'kv-apps')}/secrets`;
    await put('/providers/Microsoft.KeyVault/vaults/kv-closed', '2024-11-01', {
      location: 'westeurope',
      properties: {
        tenantId: test.cloud.tenantId,
        sku: { family: 'A', name: 'standard' },
        accessPolicies: [],
      },
    });
    const references = {
      GOOD: `@Microsoft.KeyVault(SecretUri=${uri}/trading--api-key)`,
      NAMED: '@Microsoft.KeyVault(VaultName=kv-apps;SecretName=trading--api-key)',
      SYNTAX: '@Microsoft.KeyVault(Secret=nothing)',
      VAULT: '@Microsoft.KeyVault(VaultName=kv-none;SecretName=a)',
      SECRET: '@Microsoft.KeyVault(VaultName=kv-apps;SecretName=none)',
      VERSION: `@Microsoft.KeyVault(SecretUri=${uri}/trading--api-key/${'0'.repeat(32)})`,
      DENIED: '@Microsoft.KeyVault(VaultName=kv-closed;SecretName=a)',
      OTHER: '@Microsoft.KeyVault(VaultName=kv-apps;SecretName=off)',
    };
    await web.webApps.updateApplicationSettings('apps', 'trader', {
      properties: { ...references, PLAIN: 'value' },
    });
    expect(await statuses()).toEqual({
      GOOD: 'Resolved',
      NAMED: 'Resolved',
      SYNTAX: 'InvalidSyntax',
      VAULT: 'VaultNotFound',
      SECRET: 'SecretNotFound',
      VERSION: 'SecretVersionNotFound',
      DENIED: 'AccessToKeyVaultDenied',
      OTHER: 'OtherReasons',
    });
    expect(lastSite().environment).toMatchObject({
      GOOD: 'first',
      NAMED: 'first',
      VAULT: references.VAULT,
      PLAIN: 'value',
    });
    const one = await web.webApps.getAppSettingKeyVaultReference('apps', 'trader', 'GOOD');
    expect(one).toMatchObject({
      vaultName: 'kv-apps',
      secretName: 'trading--api-key',
      source: 'KeyVault',
    });

    await web.webApps.updateApplicationSettings('apps', 'trader', {
      properties: { GOOD: references.GOOD },
    });
    test.cloud.setFaults([
      { kind: 'slow', service: 'references', milliseconds: 1, skip: 0, count: 1 },
    ]);
    await refresh(200);
    test.cloud.setFaults([
      { kind: 'slow', service: 'references', milliseconds: 1, skip: 0, count: 9 },
    ]);
    test.cloud.context.referenceCache.forget(siteId());
    expect(await statuses()).toEqual({ GOOD: 'FetchTimedOut' });
    test.cloud.setFaults([]);
    test.cloud.setSettings({ referenceSeconds: 60 });
    expect(await statuses()).toEqual({ GOOD: 'Initialized' });
    test.cloud.setSettings({ referenceSeconds: 0 });
    test.cloud.context.directory.remove(identity.principalId);
    test.cloud.context.referenceCache.forget(siteId());
    expect(await statuses()).toEqual({ GOOD: 'UnauthorizedClient' });
    await put(
      '/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app-identity',
      '2023-01-31',
      {
        location: 'westeurope',
      },
    );
    const settings = await web.webApps.listApplicationSettings('apps', 'trader');
    await web.webApps.createOrUpdate(
      'apps',
      'sysless',
      siteBody({
        keyVaultReferenceIdentity: 'SystemAssigned',
        serverFarmId: `${group}/providers/Microsoft.Web/serverfarms/other-plan`,
      }),
      fast,
    );
    await web.webApps.updateApplicationSettings('apps', 'sysless', settings);
    expect(await statuses('sysless')).toEqual({ GOOD: 'MSINotEnabled' });
  });

  it('keeps a fetched value until a refresh, a change or a day later', async () => {
    const setting = { GOOD: '@Microsoft.KeyVault(VaultName=kv-apps;SecretName=trading--api-key)' };
    await web.webApps.updateApplicationSettings('apps', 'trader', { properties: setting });
    await secrets().setSecret('trading--api-key', 'second');
    await web.webApps.restart('apps', 'trader');
    expect(lastSite().environment['GOOD']).toBe('first');
    await refresh(200);
    expect(lastSite().environment['GOOD']).toBe('second');
  });

  it('fetches again after any change of configuration, and begins again with it', async () => {
    const next = async (value: string): Promise<void> => {
      await secrets().setSecret('trading--api-key', value);
      await web.webApps.restart('apps', 'trader');
      expect(lastSite().environment['GOOD']).not.toBe(value);
    };
    await next('third');
    await web.webApps.updateConfiguration('apps', 'trader', { http20Enabled: true });
    expect(lastSite().environment['GOOD']).toBe('third');
    await next('fourth');
    await web.webApps.update('apps', 'trader', { httpsOnly: true });
    expect(lastSite().environment['GOOD']).toBe('fourth');
  });

  it('is denied from the next change on once the identity may read no more', async () => {
    const path = `${group}/providers/Microsoft.KeyVault/vaults/kv-apps?api-version=2024-11-01`;
    const { body } = await test.cloud.request('GET', path);
    const { location, properties } = body as { location: string; properties: object };
    const open = { location, properties };
    await put('/providers/Microsoft.KeyVault/vaults/kv-apps', '2024-11-01', {
      location,
      properties: { ...properties, accessPolicies: [] },
    });
    expect(await statuses()).toEqual({ GOOD: 'Resolved' });
    await web.webApps.updateConfiguration('apps', 'trader', { http20Enabled: false });
    expect(await statuses()).toEqual({ GOOD: 'AccessToKeyVaultDenied' });
    await put('/providers/Microsoft.KeyVault/vaults/kv-apps', '2024-11-01', open);
  });

  it('fetches again a day later', async () => {
    const restart = async (): Promise<void> => {
      // Not by the client, which takes the token it has for a good one.
      const path = `${siteId()}/restart?api-version=2025-05-01`;
      expect((await test.cloud.request('POST', path)).status).toBe(200);
    };
    await refresh(200);
    const before = lastSite().environment['GOOD'];
    await secrets().setSecret('trading--api-key', 'of the next day');
    hoursLater.value = 23.9;
    await restart();
    expect(lastSite().environment['GOOD']).toBe(before);
    hoursLater.value = 24.1;
    await restart();
    expect(lastSite().environment['GOOD']).toBe('of the next day');
  });
});

function siteId(): string {
  return `${group}/providers/Microsoft.Web/sites/trader`;
}

async function refresh(expected: number): Promise<void> {
  const path = `${siteId()}/config/configreferences/appsettings/refresh?api-version=2022-03-01`;
  expect((await test.cloud.request('POST', path)).status).toBe(expected);
}

async function statuses(site = 'trader'): Promise<Record<string, string | undefined>> {
  const found: Record<string, string | undefined> = {};
  for await (const each of web.webApps.listAppSettingsKeyVaultReferences('apps', site)) {
    found[each.name ?? ''] = each.status;
  }
  return found;
}
