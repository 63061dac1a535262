import { WebSiteManagementClient } from '@azure/arm-appservice';
import { ManagedIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunnableSite, SiteRuntime } from '../services/web/site-runtime.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

let test: TestCloud;
let web: WebSiteManagementClient;
let group: string;
let identityId: string;
let identity: { principalId: string; clientId: string };
let planId: string;
const fast = { updateIntervalInMs: 50 };
const seen: { what: string; site: RunnableSite | string }[] = [];

const runtime: SiteRuntime = {
  start: (site) => {
    seen.push({ what: 'start', site });
    return Promise.resolve();
  },
  restart: (site) => {
    seen.push({ what: 'restart', site });
    return Promise.resolve();
  },
  stop: (siteId) => {
    seen.push({ what: 'stop', site: siteId });
    return Promise.resolve();
  },
  functions: () =>
    Promise.resolve([{ name: 'daily-trade', config: { bindings: [{ type: 'timerTrigger' }] } }]),
  status: () => Promise.resolve({ state: 'running', url: null, reason: null }),
};

async function put(path: string, version: string, body: unknown): Promise<Record<string, unknown>> {
  const answered = await test.cloud.request('PUT', `${group}${path}?api-version=${version}`, body);
  expect([answered.status, answered.body]).toEqual([
    expect.toSatisfy((status: number) => status < 300),
    expect.anything(),
  ]);
  return answered.body as Record<string, unknown>;
}

beforeAll(async () => {
  test = await startTestCloud();
  test.cloud.attachSiteRuntime(runtime);
  group = `/subscriptions/${test.cloud.subscriptionId}/resourceGroups/apps`;
  await put('', '2024-03-01', { location: 'westeurope' });
  const made = await put(
    '/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app-identity',
    '2023-01-31',
    { location: 'westeurope' },
  );
  identityId = String(made['id']);
  identity = made['properties'] as typeof identity;
  await put('/providers/Microsoft.KeyVault/vaults/kv-apps', '2024-11-01', {
    location: 'westeurope',
    properties: {
      tenantId: test.cloud.tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: false,
      accessPolicies: [
        {
          tenantId: test.cloud.tenantId,
          objectId: identity.principalId,
          permissions: { secrets: ['get', 'list'] },
        },
        {
          tenantId: test.cloud.tenantId,
          objectId: test.cloud.administrator.objectId,
          permissions: { secrets: ['get', 'set', 'list', 'delete'] },
        },
      ],
    },
  });
  const { subscriptionId } = test.cloud;
  web = new WebSiteManagementClient(test.credential(), subscriptionId, test.armOptions);
});
afterAll(() => test.close());

const secrets = (): SecretClient =>
  new SecretClient(test.cloud.addresses.hosted('vault', 'kv-apps'), test.credential());

type Site = Parameters<typeof web.webApps.createOrUpdate>[2];
const siteBody = (more: Partial<Site> = {}): Site => ({
  location: 'westeurope',
  kind: 'functionapp,linux',
  serverFarmId: planId,
  httpsOnly: true,
  identity: { type: 'UserAssigned', userAssignedIdentities: { [identityId]: {} } },
  keyVaultReferenceIdentity: identityId,
  functionAppConfig: {
    deployment: {
      storage: {
        type: 'blobContainer',
        value: `${test.cloud.addresses.hosted('blob', 'appsdata')}/packages`,
        authentication: {
          type: 'UserAssignedIdentity',
          userAssignedIdentityResourceId: identityId,
        },
      },
    },
    runtime: { name: 'node', version: '22' },
    scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
  },
  ...more,
});

describe('function apps, by @azure/arm-appservice', () => {
  it('makes a Flex plan, on Linux only', async () => {
    await expect(
      web.appServicePlans.createOrUpdate(
        'apps',
        'plan',
        { location: 'westeurope', sku: { name: 'FC1' } },
        fast,
      ),
    ).rejects.toThrow('reserved');
    const plan = await web.appServicePlans.createOrUpdate(
      'apps',
      'plan',
      { location: 'westeurope', reserved: true, sku: { name: 'FC1', tier: 'FlexConsumption' } },
      fast,
    );
    planId = plan.id ?? '';
    expect(plan).toMatchObject({ location: 'West Europe', sku: { tier: 'FlexConsumption' } });
  });

  it('refuses on Flex what Flex refuses, with its number', async () => {
    await expect(
      web.webApps.createOrUpdate(
        'apps',
        'bare',
        { ...siteBody(), functionAppConfig: null } as never,
        fast,
      ),
    ).rejects.toThrow('FunctionAppConfig section was not specified');
    const odd = siteBody({ siteConfig: { linuxFxVersion: 'Node|22', alwaysOn: true } });
    const failure = web.webApps.createOrUpdate('apps', 'odd', odd, fast);
    await expect(failure).rejects.toThrow(
      'list of 2 site configuration properties (Site.SiteConfig.AlwaysOn, Site.SiteConfig.LinuxFxVersion)',
    );
    const { body } = await test.cloud.request(
      'PUT',
      `${group}/providers/Microsoft.Web/sites/odd?api-version=2025-05-01`,
      {
        location: 'westeurope',
        properties: { ...properties(odd), siteConfig: { netFrameworkVersion: 'v4.6' } },
        identity: odd.identity,
      },
    );
    expect(JSON.stringify(body)).toContain('"ExtendedCode":"51021"');
  });

  it('makes a site and starts it with its settings, identity and platform variables', async () => {
    const site = await web.webApps.createOrUpdate('apps', 'trader', siteBody(), fast);
    expect(site).toMatchObject({
      state: 'Running',
      defaultHostName: new URL(test.cloud.addresses.hosted('azurewebsites', 'trader')).host,
      identity: { userAssignedIdentities: { [identityId]: { clientId: identity.clientId } } },
    });
    await expect(
      web.webApps.createOrUpdate('apps', 'trader', siteBody({ serverFarmId: `${planId}x` }), fast),
    ).rejects.toMatchObject({ statusCode: 404 });
    const started = seen.find((each) => each.what === 'start')?.site as RunnableSite;
    expect(started.environment).toMatchObject({ WEBSITE_SITE_NAME: 'trader' });
    expect(started.runtime).toEqual({ name: 'node', version: '22' });
    await expect(web.appServicePlans.delete('apps', 'plan')).rejects.toMatchObject({
      statusCode: 409,
    });
  });

  it('gives the running app a token for its identity, and to nobody else', async () => {
    await secrets().setSecret('trading--api-key', 'first');
    const { environment } = lastSite();
    for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) {
      vi.stubEnv(name, environment[name] ?? '');
    }
    const vault = test.cloud.addresses.hosted('vault', 'kv-apps');
    const asApp = new SecretClient(
      vault,
      new ManagedIdentityCredential({ clientId: identity.clientId }),
    );
    expect((await asApp.getSecret('trading--api-key')).value).toBe('first');
    const other = new ManagedIdentityCredential({ clientId: crypto.randomUUID() });
    await expect(other.getToken('https://storage.azure.com/.default')).rejects.toThrow();
    vi.unstubAllEnvs();
  });

  it("replaces app settings, refuses the platform's own, and lists them by POST", async () => {
    await expect(
      web.webApps.updateApplicationSettings('apps', 'trader', {
        properties: { FUNCTIONS_WORKER_RUNTIME: 'node' },
      }),
    ).rejects.toThrow('Site.SiteConfig.AppSettings.FUNCTIONS_WORKER_RUNTIME');
    await web.webApps.updateApplicationSettings('apps', 'trader', { properties: { OLD: '1' } });
    await web.webApps.updateApplicationSettings('apps', 'trader', { properties: { NEW: '2' } });
    const listed = await web.webApps.listApplicationSettings('apps', 'trader');
    expect(listed.properties).toEqual({ NEW: '2' });
    expect(lastSite().environment).toMatchObject({ NEW: '2' });
    expect(lastSite().environment).not.toHaveProperty('OLD');
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
      siteBody({ keyVaultReferenceIdentity: 'SystemAssigned' }),
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

  it('lists functions and host keys, syncs, and knows the stacks', async () => {
    const names: (string | undefined)[] = [];
    for await (const each of web.webApps.listFunctions('apps', 'trader')) names.push(each.name);
    expect(names).toEqual(['trader/daily-trade']);
    const keys = await web.webApps.listHostKeys('apps', 'trader');
    expect(keys.masterKey).toBe(lastSite().keys.masterKey);
    await web.webApps.syncFunctionTriggers('apps', 'trader');
    await web.webApps.syncFunctions('apps', 'trader');
    const stacks = [];
    for await (const stack of web.provider.listFunctionAppStacks()) stacks.push(stack);
    expect(stacks[0]?.majorVersions?.map((each) => each.value)).toEqual(['20', '22', '24']);
  });

  it('switches basic publishing off, and stops with the site', async () => {
    const before = await web.webApps.getScmAllowed('apps', 'trader');
    expect(before.allow).toBe(true);
    await web.webApps.updateScmAllowed('apps', 'trader', { allow: false });
    expect((await web.webApps.getScmAllowed('apps', 'trader')).allow).toBe(false);
    await web.webApps.delete('apps', 'trader');
    expect(seen.at(-1)).toEqual({ what: 'stop', site: siteId() });
    const left = test.cloud.context.resources.all().map((each) => each.id);
    expect(left.filter((id) => id.includes('/trader'))).toEqual([]);
  });
});

function siteId(): string {
  return `${group}/providers/Microsoft.Web/sites/trader`;
}

function lastSite(): RunnableSite {
  const found = seen.findLast((each) => typeof each.site !== 'string')?.site;
  return found as RunnableSite;
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

function properties(site: Site): Record<string, unknown> {
  const { serverFarmId, keyVaultReferenceIdentity, functionAppConfig } = site;
  return { serverFarmId, keyVaultReferenceIdentity, functionAppConfig };
}
