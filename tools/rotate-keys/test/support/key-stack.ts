import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { ClientSecretCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
import { BlobServiceClient } from '@azure/storage-blob';
import { endpointsAt } from '@mispriced/azure';
import { containers } from '@mispriced/core';
import {
  functionAppsService,
  type LocalCloud,
  startLocalCloud,
  trustLocalCloud,
} from '@mispriced/local-cloud';
import {
  type RotationOptions,
  rotateKeys,
  type RotationResult,
  type RotationDependencies,
} from '../../src/index.ts';
import { deployPackage } from './deploy-package.ts';
import { quickTimeouts } from './quick-timeouts.ts';
import { smallApp } from './small-app.ts';

const blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';
const blobOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b';
const containerNames = [...Object.values(containers), 'deployments'];
export const accountName = 'stkeystack';
const appName = 'app-keystack';
export const otherAppName = 'app-reports';
export const vaultName = 'kv-keystack';
export const secretName = 'storage--connection-string';
const stack = 'dev';
const tags = { project: 'mispriced', stack };
const location = 'westeurope';

/** What the app's `status` says; null stands for no answer. */
interface AppStatus {
  readonly healthy: boolean;
}

/** An environment in key mode in a local cloud of its own, with everything that was said there. */
export interface KeyStack {
  readonly cloud: LocalCloud;
  readonly group: string;
  readonly accountId: string;
  readonly appId: string;
  readonly vaultUrl: string;
  readonly secrets: SecretClient;
  readonly blobs: BlobServiceClient;
  /** Every line that was reported. */
  readonly heard: string[];
  /** Every key, token and connection string there ever was. */
  readonly everSecret: Set<string>;
  readonly options: RotationOptions;
  dependencies(more?: Partial<RotationDependencies>): RotationDependencies;
  rotate(
    more?: Partial<RotationOptions>,
    dependencies?: Partial<RotationDependencies>,
  ): Promise<RotationResult>;
  arm(method: string, path: string, version: string, body?: unknown): Promise<unknown>;
  settings(): Promise<Record<string, string>>;
  putSettings(settings: Readonly<Record<string, string>>): Promise<void>;
  keys(accountId?: string): Promise<Record<'key1' | 'key2', string>>;
  regenerate(keyName: 'key1' | 'key2'): Promise<void>;
  /** Asks the app until what it says is wanted. Throws with the problem where it never is. */
  untilStatus(
    isWanted: (status: AppStatus | null) => boolean,
    problem: string,
  ): Promise<AppStatus | null>;
  /** What the app says of itself; a host that starts is waited for. */
  status(): Promise<AppStatus | null>;
  /** Waits until the app answers that it is well. */
  untilWell(): Promise<void>;
  /** A second function app in the group, with the same code; gives its id. */
  addOtherApp(settings: Readonly<Record<string, string>>): Promise<string>;
  /** Takes away the leases that a killed rotation would hold for some seconds more. */
  breakLock(): Promise<void>;
  deploy(zip?: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** One that has its first key and a small app that runs. */
export async function openRunningKeyStack(zip?: Buffer): Promise<KeyStack> {
  const stack = await openKeyStack();
  await stack.rotate();
  await stack.deploy(zip);
  await stack.untilWell();
  return stack;
}

/** What infra gives the app in key mode. */
export function ownSettings(vaultUrl: string): Record<string, string> {
  const reference = `@Microsoft.KeyVault(SecretUri=${vaultUrl}/secrets/${secretName})`;
  return {
    AzureWebJobsStorage: reference,
    MISPRICED__STORAGE__CONNECTION_STRING: reference,
    MISPRICED__SCHEDULE__DAILY_TRADE: '0 0 0 1 1 *',
  };
}

/** Brings it up as infra would, without the engine, which other tests are about. */
export async function openKeyStack(args: { sharedKey?: boolean } = {}): Promise<KeyStack> {
  const stateFolder = await mkdtemp(join(tmpdir(), 'key-stack-'));
  const cloud = await startLocalCloud({ stateFolder, services: [functionAppsService] });
  trustLocalCloud(cloud.certificateFile);
  cloud.setSettings({ operationSeconds: 0 });
  const heard: string[] = [];
  const everSecret = new Set<string>([cloud.administrator.clientSecret]);
  const group = `/subscriptions/${cloud.subscriptionId}/resourceGroups/mp-dev`;
  const arm: KeyStack['arm'] = async (method, path, version, body) => {
    const answer = await cloud.request(method, `${path}?api-version=${version}`, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  const credential = new ClientSecretCredential(
    cloud.tenantId,
    cloud.administrator.clientId,
    cloud.administrator.clientSecret,
    { authorityHost: cloud.addresses.origin, disableInstanceDiscovery: true },
  );
  const providers = `${group}/providers`;
  await arm('PUT', group, '2024-03-01', { location, tags });
  const identityId = `${providers}/Microsoft.ManagedIdentity/userAssignedIdentities/app`;
  const made = await arm('PUT', identityId, '2023-01-31', { location, tags });
  const { principalId } = (made as { properties: { principalId: string } }).properties;
  const accountId = `${providers}/Microsoft.Storage/storageAccounts/${accountName}`;
  await arm('PUT', accountId, '2024-01-01', {
    location,
    tags,
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    properties: { allowSharedKeyAccess: args.sharedKey ?? true },
  });
  for (const name of containerNames) {
    await arm('PUT', `${accountId}/blobServices/default/containers/${name}`, '2024-01-01', {
      properties: {},
    });
  }
  const grant = async (objectId: string, role: string): Promise<void> => {
    const roles = '/providers/Microsoft.Authorization';
    await arm('PUT', `${accountId}${roles}/roleAssignments/${crypto.randomUUID()}`, '2022-04-01', {
      properties: {
        principalId: objectId,
        principalType: 'ServicePrincipal',
        roleDefinitionId: `/subscriptions/${cloud.subscriptionId}${roles}/roleDefinitions/${role}`,
      },
    });
  };
  await grant(principalId, blobOwner);
  await grant(cloud.administrator.objectId, blobContributor);
  const policy = (objectId: string, permitted: string[]): object => ({
    tenantId: cloud.tenantId,
    objectId,
    permissions: { secrets: permitted },
  });
  await arm('PUT', `${providers}/Microsoft.KeyVault/vaults/${vaultName}`, '2024-11-01', {
    location,
    tags,
    properties: {
      tenantId: cloud.tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: false,
      enableSoftDelete: true,
      accessPolicies: [
        policy(principalId, ['get', 'list']),
        policy(cloud.administrator.objectId, ['get', 'list', 'set', 'delete', 'recover']),
      ],
    },
  });
  const vaultUrl = cloud.addresses.hosted('vault', vaultName).replace(/\/+$/, '');
  const putPlan = async (id: string): Promise<void> => {
    await arm('PUT', id, '2025-05-01', {
      location,
      tags,
      sku: { name: 'FC1', tier: 'FlexConsumption' },
      properties: { reserved: true },
    });
  };
  const putSite = async (args: {
    name: string;
    planId: string;
    container: string;
    siteTags: object;
  }): Promise<string> => {
    const { name, planId, container, siteTags } = args;
    const id = `${providers}/Microsoft.Web/sites/${name}`;
    const storage = {
      type: 'blobContainer',
      value: `${cloud.addresses.hosted('blob', accountName)}/${container}`,
      authentication: {
        type: 'UserAssignedIdentity',
        userAssignedIdentityResourceId: identityId,
      },
    };
    await arm('PUT', id, '2025-05-01', {
      location,
      kind: 'functionapp,linux',
      tags: siteTags,
      identity: { type: 'UserAssigned', userAssignedIdentities: { [identityId]: {} } },
      properties: {
        serverFarmId: planId,
        keyVaultReferenceIdentity: identityId,
        functionAppConfig: {
          deployment: { storage },
          runtime: { name: 'node', version: '22' },
          scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
        },
      },
    });
    return id;
  };
  const planId = `${providers}/Microsoft.Web/serverfarms/plan`;
  await putPlan(planId);
  const appId = await putSite({ name: appName, planId, container: 'deployments', siteTags: tags });
  const settingsPath = `${appId}/config/appsettings`;
  const putSettings: KeyStack['putSettings'] = async (properties) => {
    await arm('PUT', settingsPath, '2025-05-01', { properties });
  };
  if (args.sharedKey ?? true) await putSettings(ownSettings(vaultUrl));
  const blobs = new BlobServiceClient(cloud.addresses.hosted('blob', accountName), credential);
  const secrets = new SecretClient(vaultUrl, credential, {
    disableChallengeResourceVerification: true,
    retryOptions: { maxRetries: 0 },
  });
  const dependencies: KeyStack['dependencies'] = (more = {}) => ({
    endpoints: endpointsAt(cloud.addresses.origin),
    credential,
    fetch,
    now: () => new Date(),
    sleep: (milliseconds) => new Promise((done) => setTimeout(done, Math.min(milliseconds, 150))),
    onProgress: (line) => heard.push(line),
    ...more,
  });
  const options: RotationOptions = {
    stack,
    subscriptionId: cloud.subscriptionId,
    only: null,
    maxAgeDays: null,
    marginSeconds: 0,
    graceSeconds: 0,
    anyway: false,
    repair: false,
    dryRun: false,
    timeouts: quickTimeouts,
  };
  const keys: KeyStack['keys'] = async (id = accountId) => {
    const body = await arm('POST', `${id}/listKeys`, '2024-01-01');
    const found = (body as { keys: { keyName: 'key1' | 'key2'; value: string }[] }).keys;
    for (const { value } of found) everSecret.add(value);
    return Object.fromEntries(found.map((each) => [each.keyName, each.value])) as Record<
      'key1' | 'key2',
      string
    >;
  };
  const site = cloud.addresses.hosted('azurewebsites', appName);
  const askStatus = async (): Promise<AppStatus | null> => {
    try {
      const { masterKey } = (await arm('POST', `${appId}/host/default/listKeys`, '2025-05-01')) as {
        masterKey: string;
      };
      everSecret.add(masterKey);
      const headers = { 'x-functions-key': masterKey };
      return (await (await fetch(`${site}/api/status`, { headers })).json()) as AppStatus;
    } catch {
      return null;
    }
  };
  const untilStatus: KeyStack['untilStatus'] = async (isWanted, problem) => {
    const giveUpAt = Date.now() + 50_000;
    for (;;) {
      const status = await askStatus();
      if (isWanted(status)) return status;
      if (Date.now() > giveUpAt) throw new Error(problem);
      await new Promise((done) => setTimeout(done, 50));
    }
  };
  return {
    cloud,
    group,
    accountId,
    appId,
    vaultUrl,
    secrets,
    blobs,
    heard,
    everSecret,
    options,
    dependencies,
    arm,
    putSettings,
    keys,
    untilStatus,
    status: () => untilStatus((status) => status !== null, 'The app did not answer.'),
    rotate: async (more, given) => {
      await keys();
      try {
        const result = await rotateKeys({ ...options, ...more }, dependencies(given));
        heard.push(JSON.stringify(result));
        return result;
      } catch (thrown) {
        heard.push(inspect(thrown, { depth: 9 }));
        throw thrown;
      } finally {
        await keys();
      }
    },
    settings: async () => {
      const body = await arm('POST', `${settingsPath}/list`, '2025-05-01');
      return (body as { properties: Record<string, string> }).properties;
    },
    regenerate: async (keyName) => {
      await arm('POST', `${accountId}/regenerateKey`, '2024-01-01', { keyName });
      await keys();
    },
    untilWell: async () => {
      await untilStatus((status) => status?.healthy === true, 'The app did not become well.');
    },
    breakLock: async () => {
      for (const holder of ['key-rotation', 'small']) {
        const lock = blobs.getContainerClient('ledger').getBlobClient(`${holder}/run.lease`);
        await lock
          .getBlobLeaseClient()
          .breakLease(0)
          .catch(() => undefined);
      }
    },
    addOtherApp: async (settings) => {
      const planId = `${providers}/Microsoft.Web/serverfarms/other`;
      await putPlan(planId);
      const id = await putSite({ name: otherAppName, planId, container: 'models', siteTags: {} });
      await arm('PUT', `${id}/config/appsettings`, '2025-05-01', { properties: settings });
      await deployPackage({ cloud, credential, appName: otherAppName, zip: await smallApp() });
      return id;
    },
    deploy: async (zip) =>
      deployPackage({ cloud, credential, appName, zip: zip ?? (await smallApp()) }),
    close: async () => {
      await cloud.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
