import { ManagedIdentityCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunnableSite } from '../services/web/site-runtime.ts';
import { fast, type SiteTest, startSiteTest } from './site-test.ts';

let test: SiteTest['test'];
let web: SiteTest['web'];
let group: SiteTest['group'];
let planId: SiteTest['planId'];
let identityId: SiteTest['identityId'];
let identity: SiteTest['identity'];
let seen: SiteTest['seen'];
let lastSite: SiteTest['lastSite'];
let secrets: SiteTest['secrets'];
let siteBody: SiteTest['siteBody'];
beforeAll(async () => {
  ({ test, web, group, planId, identityId, identity, seen, lastSite, secrets, siteBody } =
    await startSiteTest());
});
afterAll(() => test.close());

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
    expect(plan.id).toBe(planId);
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

  it('hosts one app on a Flex plan', async () => {
    const second = web.webApps.createOrUpdate('apps', 'second', siteBody(), fast);
    await expect(second).rejects.toMatchObject({ statusCode: 409 });
    await expect(second).rejects.toThrow("hosts 'trader'");
  });

  it('takes settings given inside the body once, and holds them to the same rules', async () => {
    const inline = (settings: Record<string, string>): ReturnType<SiteTest['siteBody']> => {
      const appSettings = Object.entries(settings).map(([name, value]) => ({ name, value }));
      return siteBody({ siteConfig: { appSettings } });
    };
    const refused = inline({ WEBSITE_RUN_FROM_PACKAGE: '1', TZ: 'Europe/Berlin', FINE: '1' });
    await expect(web.webApps.createOrUpdate('apps', 'trader', refused, fast)).rejects.toThrow(
      'list of 2 app settings (Site.SiteConfig.AppSettings.WEBSITE_RUN_FROM_PACKAGE, Site.SiteConfig.AppSettings.TZ)',
    );
    await web.webApps.createOrUpdate('apps', 'trader', inline({ INLINE: '1' }), fast);
    const listed = async (): Promise<unknown> =>
      (await web.webApps.listApplicationSettings('apps', 'trader')).properties;
    expect(await listed()).toEqual({ INLINE: '1' });
    await web.webApps.updateApplicationSettings('apps', 'trader', { properties: { LATER: '2' } });
    await test.cloud.request('PATCH', `${siteId()}?api-version=2025-05-01`, {
      tags: { owner: 'me' },
    });
    expect(await listed()).toEqual({ LATER: '2' });
    const refusedLater = web.webApps.updateConfiguration('apps', 'trader', {
      appSettings: [{ name: 'TZ', value: 'Europe/Berlin' }],
    });
    await expect(refusedLater).rejects.toThrow('Site.SiteConfig.AppSettings.TZ');
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
function properties(site: ReturnType<SiteTest['siteBody']>): Record<string, unknown> {
  const { serverFarmId, keyVaultReferenceIdentity, functionAppConfig } = site;
  return { serverFarmId, keyVaultReferenceIdentity, functionAppConfig };
}
