import { createRequire } from 'node:module';
import { zipSync } from 'fflate';
import { functionAppsService } from '../services/web/function-apps-service.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

const library = createRequire(import.meta.url).resolve('@azure/functions');
const blobOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b';

/** A package of one timer and one HTTP function that answers a mark and a setting. */
export function markedPackage(mark: string, schedule = '0 0 0 1 1 *'): Buffer {
  const main = `const { app } = require(${JSON.stringify(library)});
app.timer('tick', { schedule: '${schedule}', handler: (timer, context) => { context.log('ticked'); } });
app.http('mark', { methods: ['GET'], authLevel: 'function', handler: () => ({ jsonBody: { mark: '${mark}', given: process.env.GIVEN ?? null } }) });`;
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  return Buffer.from(
    zipSync({
      'host.json': text('{"version":"2.0"}'),
      'package.json': text('{"main":"main.cjs"}'),
      'main.cjs': text(main),
    }),
  );
}

/** A local cloud with a group in which function apps can be made and deployed to. */
export interface FunctionAppTest {
  readonly test: TestCloud;
  readonly accountId: string;
  readonly identity: { readonly principalId: string; readonly clientId: string };
  /** Makes an app with an account shared by all of them, reached by the identity. */
  makeApp(name: string, settings?: Readonly<Record<string, string>>): Promise<string>;
  putSettings(name: string, settings: Readonly<Record<string, string>>): Promise<void>;
  hostSettings(): Record<string, string>;
  /** Sends a package and waits for the deployment's end. */
  deploy(name: string, zip: Buffer, who?: string): Promise<{ status: number; log: string }>;
  ask(name: string, path: string): Promise<Response>;
  post(path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** Starts it, in a folder that is there already to see what a restart finds. */
export async function startFunctionAppTest(folder?: string): Promise<FunctionAppTest> {
  const services = [functionAppsService];
  const test = await startTestCloud({ services, ...(folder !== undefined && { folder }) });
  const { cloud } = test;
  const group = `/subscriptions/${cloud.subscriptionId}/resourceGroups/apps`;
  const providers = `${group}/providers`;
  const put = async (path: string, version: string, body: unknown): Promise<unknown> => {
    const answered = await cloud.request('PUT', `${path}?api-version=${version}`, body);
    if (answered.status >= 300) throw new Error(JSON.stringify(answered.body));
    return answered.body;
  };
  const post: FunctionAppTest['post'] = (path, body) =>
    cloud.request('POST', `${path}?api-version=2025-05-01`, body);
  const location = 'westeurope';
  await put(group, '2024-03-01', { location });
  const identityId = `${providers}/Microsoft.ManagedIdentity/userAssignedIdentities/app`;
  const made = await put(identityId, '2023-01-31', { location });
  const identity = (made as { properties: FunctionAppTest['identity'] }).properties;
  const accountId = `${providers}/Microsoft.Storage/storageAccounts/appdata`;
  await put(accountId, '2024-01-01', {
    location,
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    properties: { allowSharedKeyAccess: true },
  });
  const roles = '/providers/Microsoft.Authorization';
  await put(`${accountId}${roles}/roleAssignments/${crypto.randomUUID()}`, '2022-04-01', {
    properties: {
      principalId: identity.principalId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: `/subscriptions/${cloud.subscriptionId}${roles}/roleDefinitions/${blobOwner}`,
    },
  }).catch((error: unknown) => {
    if (!String(error).includes('RoleAssignmentExists')) throw error;
  });
  const siteId = (name: string): string => `${providers}/Microsoft.Web/sites/${name}`;
  const hostSettings = (): Record<string, string> => ({
    AzureWebJobsStorage__credential: 'managedidentity',
    AzureWebJobsStorage__clientId: identity.clientId,
    AzureWebJobsStorage__blobServiceUri: cloud.addresses.hosted('blob', 'appdata'),
  });
  const putSettings: FunctionAppTest['putSettings'] = async (name, properties) => {
    await put(`${siteId(name)}/config/appsettings`, '2025-05-01', { properties });
  };
  const token = async (): Promise<string> =>
    (await test.credential().getToken(`${cloud.addresses.origin}/.default`)).token;
  return {
    test,
    accountId,
    identity,
    hostSettings,
    putSettings,
    post,
    makeApp: async (name, settings = {}) => {
      const planId = `${providers}/Microsoft.Web/serverfarms/plan-${name}`;
      const container = `${accountId}/blobServices/default/containers/app-${name}`;
      await put(container, '2024-01-01', { properties: {} });
      const sku = { name: 'FC1', tier: 'FlexConsumption' };
      await put(planId, '2025-05-01', { location, sku, properties: { reserved: true } });
      await put(siteId(name), '2025-05-01', {
        location,
        kind: 'functionapp,linux',
        identity: { type: 'UserAssigned', userAssignedIdentities: { [identityId]: {} } },
        properties: {
          serverFarmId: planId,
          functionAppConfig: {
            deployment: {
              storage: {
                type: 'blobContainer',
                value: `${cloud.addresses.hosted('blob', 'appdata')}/app-${name}`,
                authentication: {
                  type: 'UserAssignedIdentity',
                  userAssignedIdentityResourceId: identityId,
                },
              },
            },
            runtime: { name: 'node', version: '22' },
            scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
          },
        },
      });
      await putSettings(name, { ...hostSettings(), ...settings });
      return siteId(name);
    },
    deploy: async (name, zip, who) => {
      const scm = cloud.addresses.hosted('scm', name);
      const headers = { authorization: `Bearer ${who ?? (await token())}` };
      const sent = await fetch(`${scm}/api/publish?RemoteBuild=false`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/zip' },
        body: new Uint8Array(zip),
      });
      if (sent.status !== 202) return { status: sent.status, log: await sent.text() };
      const place = `${scm}/api/deployments/${String(await sent.json())}`;
      for (;;) {
        const answered = await fetch(place, { headers });
        const { status } = (await answered.json()) as { status: number };
        if (answered.status === 200) {
          const log = (await (await fetch(`${place}/log`, { headers })).json()) as {
            message: string;
          }[];
          return { status, log: log.map(({ message }) => message).join('\n') };
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    ask: async (name, path) => {
      const { body } = await post(`${siteId(name)}/host/default/listKeys`);
      const { masterKey = '' } = body as { masterKey?: string };
      return fetch(`${cloud.addresses.hosted('azurewebsites', name)}${path}`, {
        headers: { 'x-functions-key': masterKey },
      });
    },
    control: async (method, path, body) => {
      const answered = await fetch(`${cloud.addresses.origin}/_control${path}`, {
        method,
        headers: { authorization: `Bearer ${cloud.controlToken}` },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return answered.json();
    },
  };
}
