import { WebSiteManagementClient } from '@azure/arm-appservice';
import { SecretClient } from '@azure/keyvault-secrets';
import type { RunnableSite, SiteRuntime } from '../services/web/site-runtime.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

type Site = Parameters<WebSiteManagementClient['webApps']['createOrUpdate']>[2];

/** What sites need before they can be: a group, an identity, a vault both may read, a client. */
export interface SiteTest {
  readonly test: TestCloud;
  readonly web: WebSiteManagementClient;
  readonly group: string;
  readonly planId: string;
  readonly identityId: string;
  readonly identity: { readonly principalId: string; readonly clientId: string };
  /** What the runtime was told, in order. */
  readonly seen: readonly { what: string; site: RunnableSite | string }[];
  readonly lastSite: () => RunnableSite;
  readonly secrets: () => SecretClient;
  readonly siteBody: (more?: Partial<Site>) => Site;
  readonly put: (path: string, version: string, body: unknown) => Promise<Record<string, unknown>>;
}

/** Polls of long-running operations that do not hold tests up. */
export const fast = { updateIntervalInMs: 50 };

/** Starts a local cloud with a runtime attached that only notes what it is told. */
export async function startSiteTest(args: { clock?: () => Date } = {}): Promise<SiteTest> {
  const test = await startTestCloud(args);
  const seen: { what: string; site: RunnableSite | string }[] = [];
  test.cloud.attachSiteRuntime(notingRuntime(seen));
  const { cloud } = test;
  const group = `/subscriptions/${cloud.subscriptionId}/resourceGroups/apps`;
  const put: SiteTest['put'] = async (path, version, body) => {
    const answered = await cloud.request('PUT', `${group}${path}?api-version=${version}`, body);
    if (answered.status >= 300) throw new Error(JSON.stringify(answered.body));
    return answered.body as Record<string, unknown>;
  };
  await put('', '2024-03-01', { location: 'westeurope' });
  const made = await put(
    '/providers/Microsoft.ManagedIdentity/userAssignedIdentities/app-identity',
    '2023-01-31',
    { location: 'westeurope' },
  );
  const identityId = String(made['id']);
  const identity = made['properties'] as SiteTest['identity'];
  const policy = (objectId: string, secrets: string[]): object => ({
    tenantId: cloud.tenantId,
    objectId,
    permissions: { secrets },
  });
  await put('/providers/Microsoft.KeyVault/vaults/kv-apps', '2024-11-01', {
    location: 'westeurope',
    properties: {
      tenantId: cloud.tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: false,
      accessPolicies: [
        policy(identity.principalId, ['get', 'list']),
        policy(cloud.administrator.objectId, ['get', 'set', 'list', 'delete']),
      ],
    },
  });
  const planId = `${group}/providers/Microsoft.Web/serverfarms/plan`;
  return {
    test,
    group,
    planId,
    identityId,
    identity,
    seen,
    put,
    web: new WebSiteManagementClient(test.credential(), cloud.subscriptionId, test.armOptions),
    lastSite: () => seen.findLast((each) => typeof each.site !== 'string')?.site as RunnableSite,
    secrets: () => new SecretClient(cloud.addresses.hosted('vault', 'kv-apps'), test.credential()),
    siteBody: (more = {}) => ({
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
            value: `${cloud.addresses.hosted('blob', 'appsdata')}/packages`,
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
    }),
  };
}

function notingRuntime(seen: { what: string; site: RunnableSite | string }[]): SiteRuntime {
  const note =
    (what: string) =>
    (site: RunnableSite | string): Promise<void> => {
      seen.push({ what, site });
      return Promise.resolve();
    };
  return {
    start: note('start'),
    restart: note('restart'),
    stop: note('stop'),
    functions: () =>
      Promise.resolve([{ name: 'daily-trade', config: { bindings: [{ type: 'timerTrigger' }] } }]),
    status: () => Promise.resolve({ state: 'running', url: null, reason: null }),
  };
}
