import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientSecretCredential } from '@azure/identity';
import { endpointsAt } from '@mispriced/azure';
import type { ObjectStore } from '@mispriced/core';
import type { Fault } from '@mispriced/local-cloud';
import { openFolder } from '@mispriced/strategy';
import type { DeployDependencies } from '../src/azure/deploy-dependencies.ts';
import type { EnvironmentClients } from '../src/deploy/environment.ts';
import type { StoredPackage } from '../src/package/write-package.ts';
import { storesSetting } from './small-package.ts';
import type { SharedPlace } from './shared-place.ts';

const webVersion = '2025-05-01';
const stack = 'dev';
const tags = { project: 'mispriced', stack };

/** What goes wrong with deployments, as the local cloud's control takes it. */
interface Misbehaviour {
  readonly held?: boolean;
  readonly failure?: string;
  readonly recycles?: boolean;
  readonly earlyNotFound?: number;
}

/** The one app of a stack in a local cloud, and whoever deploys to it. */
export interface TestApp {
  readonly name: string;
  readonly scmHost: string;
  readonly subscriptionId: string;
  /** Who signs in, by the id of the application. */
  readonly deployer: string;
  /** The host of the environment's storage account. */
  readonly accountHost: string;
  /** A vault without secrets. */
  readonly vaultName: string;
  readonly dependencies: DeployDependencies;
  readonly objects: ObjectStore;
  /** Where those are. */
  readonly storesFolder: string;
  /** Stores in a folder, and vaults without secrets. */
  readonly clients: Partial<EnvironmentClients>;
  readonly said: string[];
  /** The time that a deployment believes in. */
  nowMilliseconds: number;
  /** Asks the app with its host's key; null while the host has none to give. */
  ask(path: string): Promise<Response | null>;
  /** Sends a package past every check, as another deployer would, and gives the answer's status. */
  publish(built: StoredPackage): Promise<number>;
  /** How often a package came to the deployment service. */
  published(): number;
  /** Sets app settings; null takes one away. */
  changeSettings(settings: Readonly<Record<string, string | null>>): Promise<void>;
  setRuntime(version: string): Promise<void>;
  setRoles(roles: readonly string[]): Promise<void>;
  plan(...faults: Fault[]): void;
  /** Those that nothing has met yet. */
  faultsLeft(): Promise<readonly unknown[]>;
  misbehave(how: Misbehaviour): Promise<void>;
  underWay(): Promise<readonly string[]>;
  /** Resolves when no deployment is under way. */
  whenIdle(): Promise<void>;
  remove(): Promise<void>;
}

/** Makes an app that has no code yet. No other of the stack is to be there. */
export async function makeTestApp(place: SharedPlace, number: number): Promise<TestApp> {
  const { cloud, arm, providers, location, accountUrl, identity } = place;
  const name = `mispriced-dev-${number}`;
  const storesFolder = await mkdtemp(join(tmpdir(), 'deploy-stores-'));
  const planId = `${providers}/Microsoft.Web/serverfarms/plan-${number}`;
  const siteId = `${providers}/Microsoft.Web/sites/${name}`;
  const container = `${place.accountId}/blobServices/default/containers/app-${number}`;
  await place.setRoles();
  await arm('PUT', container, '2024-01-01', { properties: {} });
  const sku = { name: 'FC1', tier: 'FlexConsumption' };
  await arm('PUT', planId, webVersion, { location, sku, properties: { reserved: true } });
  const authentication = {
    type: 'UserAssignedIdentity',
    userAssignedIdentityResourceId: identity.id,
  };
  const value = `${accountUrl}/app-${number}`;
  const setRuntime: TestApp['setRuntime'] = async (version) => {
    await arm('PUT', siteId, webVersion, {
      location,
      kind: 'functionapp,linux',
      tags,
      identity: { type: 'UserAssigned', userAssignedIdentities: { [identity.id]: {} } },
      properties: {
        serverFarmId: planId,
        keyVaultReferenceIdentity: identity.id,
        functionAppConfig: {
          deployment: { storage: { type: 'blobContainer', value, authentication } },
          runtime: { name: 'node', version },
          scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
        },
      },
    });
  };
  await setRuntime('24');
  let settings: Readonly<Record<string, string>> = {};
  const changeSettings: TestApp['changeSettings'] = async (changed) => {
    settings = Object.fromEntries(
      Object.entries({ ...settings, ...changed }).flatMap(([key, text]) =>
        text === null ? [] : [[key, text]],
      ),
    );
    await arm('PUT', `${siteId}/config/appsettings`, webVersion, { properties: settings });
  };
  await changeSettings({
    AzureWebJobsStorage__credential: 'managedidentity',
    AzureWebJobsStorage__clientId: identity.clientId,
    AzureWebJobsStorage__blobServiceUri: accountUrl,
    MISPRICED__STAGE: stack,
    MISPRICED__STORAGE__ACCOUNT_URL: accountUrl,
    [storesSetting]: storesFolder,
  });
  const scm = cloud.addresses.hosted('scm', name);
  const { clientId, clientSecret } = cloud.administrator;
  const credential = new ClientSecretCredential(cloud.tenantId, clientId, clientSecret, {
    authorityHost: cloud.addresses.origin,
    disableInstanceDiscovery: true,
  });
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${cloud.addresses.origin}/_control${path}`, {
      method,
      headers: { authorization: `Bearer ${cloud.controlToken}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return answer.json();
  };
  const misbehave: TestApp['misbehave'] = async (how) => {
    await control('PUT', '/deployments', how);
  };
  const underWay: TestApp['underWay'] = async () =>
    ((await control('GET', '/deployments')) as { underWay: readonly string[] }).underWay;
  const whenIdle: TestApp['whenIdle'] = async () => {
    while ((await underWay()).length > 0) await new Promise((done) => setTimeout(done, 20));
  };
  const said: string[] = [];
  const app: TestApp = {
    name,
    scmHost: new URL(scm).host,
    subscriptionId: cloud.subscriptionId,
    deployer: clientId,
    accountHost: new URL(accountUrl).host,
    vaultName: place.vaultName,
    storesFolder,
    objects: openFolder(storesFolder),
    clients: {
      openStores: () => Promise.resolve(openFolder(storesFolder)),
      openVault: () =>
        Promise.resolve({
          list: () => Promise.resolve(new Map()),
          read: () => Promise.resolve(null),
        }),
    },
    said,
    nowMilliseconds: Date.parse('2026-03-02T10:00:00Z'),
    dependencies: {
      endpoints: endpointsAt(cloud.addresses.origin),
      credential,
      fetch,
      now: () => new Date(app.nowMilliseconds),
      // Waiting passes the deployment's own time, not the test's.
      sleep: (milliseconds: number) => {
        app.nowMilliseconds += milliseconds;
        return new Promise<void>((resolve) => setTimeout(resolve, 20));
      },
      onProgress: (line: string) => said.push(line),
    },
    ask: async (path) => {
      const keys = await cloud.request(
        'POST',
        `${siteId}/host/default/listKeys?api-version=${webVersion}`,
      );
      const { masterKey } = keys.body as { masterKey?: string };
      if (masterKey === undefined) return null;
      const headers = { 'x-functions-key': masterKey };
      return fetch(`${cloud.addresses.hosted('azurewebsites', name)}${path}`, { headers });
    },
    publish: async ({ bytes }) => {
      const { token } = await credential.getToken('https://management.azure.com/.default');
      const answered = await fetch(`${scm}/api/publish`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/zip' },
        body: new Uint8Array(bytes),
      });
      return answered.status;
    },
    published: () =>
      cloud
        .requests()
        .filter(
          ({ method, hostname, path, status }) =>
            method === 'POST' &&
            hostname.startsWith(`${name}.scm.`) &&
            path.startsWith('/api/publish') &&
            status !== 503,
        ).length,
    changeSettings,
    setRuntime,
    setRoles: (roles) => place.setRoles(roles),
    plan: (...faults) => {
      cloud.setFaults(faults);
    },
    faultsLeft: async () => (await control('GET', '/faults')) as readonly unknown[],
    misbehave,
    underWay,
    whenIdle,
    remove: async () => {
      cloud.setFaults([]);
      await control('PUT', '/deployments', {
        held: false,
        failure: null,
        recycles: false,
        earlyNotFound: 0,
      });
      await whenIdle();
      await arm('DELETE', siteId, webVersion);
      await rm(storesFolder, { recursive: true, force: true });
    },
  };
  return app;
}
