import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStateStore, systemClock } from '@mispriced/functions-host';
import {
  createDeploymentService,
  createFolderPackages,
  createPackagedSites,
  type DeploymentService,
  type PackagedSites,
} from '@mispriced/local-cloud';
import { openFolder } from '@mispriced/strategy';
import type { ObjectStore } from '@mispriced/core';
import { Secret } from '@mispriced/config';
import type { DeployDependencies } from '../src/azure/deploy-dependencies.ts';
import type { DeployerVault } from '../src/azure/deployer-vault.ts';
import type { EnvironmentClients } from '../src/deploy/environment.ts';
import type { StoredPackage } from '../src/package/write-package.ts';
import { storesSetting } from './small-package.ts';

/** What a connection string has to hold to open the account. */
const liveKey = 'the-key-of-today';

const siteId =
  '/subscriptions/sub/resourceGroups/group/providers/Microsoft.Web/sites/mispriced-dev-1';
const name = 'mispriced-dev-1';
const clientId = '5f0c1d2e-0000-4000-8000-000000000001';
const accountId =
  '/subscriptions/sub/resourceGroups/group/providers/Microsoft.Storage/storageAccounts/account';
const keys = { masterKey: 'master', functionKeys: { default: 'host' }, systemKeys: {} };
const claims = Buffer.from(JSON.stringify({ upn: 'ada@example.com', aud: 'arm' }));
const token = `e30.${claims.toString('base64url')}.signature`;

/** The least of a resource manager over the deployment and functions doubles, for one app. */
export interface StubCloud {
  readonly dependencies: DeployDependencies;
  readonly service: DeploymentService;
  readonly sites: PackagedSites;
  readonly objects: ObjectStore;
  /** Where those are. */
  readonly storesFolder: string;
  /** Sends a package past every check, as another deployer would, and gives the answer's status. */
  publish(built: StoredPackage): Promise<number>;
  readonly said: string[];
  /** How often a package was sent. */
  published(): number;
  /** Sets app settings; null takes one away. */
  changeSettings(settings: Readonly<Record<string, string | null>>): void;
  /** What is asked beside the resource manager: its stores, a vault, an account that knows one key. */
  readonly clients: EnvironmentClients;
  /** The vault's secrets by name; null for a vault that whoever deploys may not look into. */
  secrets: Map<string, string> | null;
  /** What Key Vault references came to. */
  references: { name: string; properties: Record<string, string> }[];
  /** The next syncs list no function, as a platform that has not noticed yet. */
  unsynced: number;
  /** The answers to the next packages that are sent are lost, though each is taken. */
  lostAnswers: number;
  /** The next packages that are sent meet a gateway that answers 503 and passes nothing on. */
  gatewayErrors: number;
  /** The roles that the app's identity has on the account, by their ids. */
  roles: readonly string[];
  runtimeVersion: string;
  /** The time that a deployment believes in. */
  nowMilliseconds: number;
  close(): Promise<void>;
}

/** Starts it with an app that has no code yet. */
export async function startStubCloud(): Promise<StubCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'stub-cloud-'));
  const stores = join(folder, 'stores');
  const sites = createPackagedSites({
    folder: join(folder, 'sites'),
    packages: createFolderPackages(join(folder, 'packages')),
    stateStoreFor: () => new MemoryStateStore(systemClock),
    runTimers: false,
  });
  let settings: Readonly<Record<string, string>> = {
    AzureWebJobsStorage__credential: 'managedidentity',
    AzureWebJobsStorage__clientId: clientId,
    AzureWebJobsStorage__blobServiceUri: 'https://account.blob.core.windows.net/',
    MISPRICED__STAGE: 'dev',
    MISPRICED__STORAGE__ACCOUNT_URL: 'https://account.blob.core.windows.net',
    [storesSetting]: stores,
  };
  const site = () => ({
    id: siteId,
    name,
    environment: settings,
    keys,
    runtime: null,
    deploymentContainerUrl: null,
    enabled: true,
  });
  await sites.start(site());
  let publishes = 0;
  const service = createDeploymentService({
    folder: join(folder, 'deployments'),
    clock: () => new Date(),
    sites: {
      find: (asked) => (asked === name ? { name, scmUrl: `https://${name}.scm.example` } : null),
      authorize: (_, given) => Promise.resolve(given === token ? null : 401),
      deploy: (_, zip, log) => sites.deploy(siteId, zip, log),
    },
  });
  const cloud = {
    references: [] as StubCloud['references'],
    secrets: new Map<string, string>() as StubCloud['secrets'],
    unsynced: 0,
    lostAnswers: 0,
    gatewayErrors: 0,
    roles: ['b7e6dc6d-f1e8-4753-8033-0f276bb0955b'] as readonly string[],
    runtimeVersion: '24',
    nowMilliseconds: Date.parse('2026-03-02T10:00:00Z'),
  };

  const listed = (): Map<string, string> => {
    if (cloud.secrets !== null) return cloud.secrets;
    throw new Error('whoever deploys may not look into the vault.');
  };
  const vault: DeployerVault = {
    list: async () => {
      await Promise.resolve();
      return new Map([...listed().keys()].map((each) => [each, null]));
    },
    read: async (secretName) => {
      await Promise.resolve();
      const value = listed().get(secretName);
      return value === undefined ? null : new Secret(value);
    },
  };

  const arm = async (method: string, path: string): Promise<unknown> => {
    const part = path.slice(siteId.length);
    if (path === '/subscriptions/sub/providers/Microsoft.Web/sites') {
      return { value: [describeSite(cloud.runtimeVersion)] };
    }
    if (path === siteId) return describeSite(cloud.runtimeVersion);
    if (part === '/config/appsettings/list' && method === 'POST') return { properties: settings };
    if (part === '/config/configreferences/appsettings') return { value: cloud.references };
    if (part === '/host/default/listKeys') return keys;
    if (part === '/host/default/sync') return null;
    if (part === '/functions') {
      if (cloud.unsynced > 0) {
        cloud.unsynced -= 1;
        return { value: [] };
      }
      const functions = await sites.functions(siteId);
      return { value: functions.map((each) => ({ name: `${name}/${each.name}` })) };
    }
    if (path === accountId) return {};
    if (path === `${accountId}/providers/Microsoft.Authorization/roleAssignments`) {
      const of = (id: string) => `/providers/Microsoft.Authorization/roleDefinitions/${id}`;
      return { value: cloud.roles.map((id) => ({ properties: { roleDefinitionId: of(id) } })) };
    }
    throw new Error(`the stub knows no ${method} ${path}`);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://stub');
    const [, host = '', path = '/'] = /^\/_host\/([^/]+)(\/.*)$/.exec(url.pathname) ?? [];
    const method = request.method ?? 'GET';
    if (host === `${name}.scm.example`) {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (method === 'POST' && cloud.gatewayErrors > 0) {
        cloud.gatewayErrors -= 1;
        response.writeHead(503).end('Service Unavailable');
        return;
      }
      if (method === 'POST') publishes += 1;
      const answered = await service.handle(
        {
          method,
          hostname: host,
          path,
          query: url.searchParams,
          headers: request.headers,
          body: Buffer.concat(chunks),
        },
        name,
      );
      if (method === 'POST' && cloud.lostAnswers > 0) {
        cloud.lostAnswers -= 1;
        response.destroy();
        return;
      }
      response.writeHead(answered.status, {
        'content-type': 'application/json',
        ...answered.headers,
      });
      const { body } = answered;
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    } else if (host === `${name}.example`) {
      const status = await sites.status(siteId);
      if (status.url === null) {
        response.writeHead(503).end('Function host is not running.');
        return;
      }
      const { 'x-functions-key': key } = request.headers;
      const passed = await fetch(`${status.url}${path}`, {
        headers: { 'x-functions-key': String(key) },
      });
      response.writeHead(passed.status).end(await passed.text());
    } else {
      request.resume();
      const body = JSON.stringify(await arm(method, url.pathname));
      response.writeHead(request.headers.authorization === `Bearer ${token}` ? 200 : 401).end(body);
    }
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ error: { message: String(error) } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const said: string[] = [];
  return Object.assign(cloud, {
    sites,
    service,
    said,
    objects: openFolder(stores),
    storesFolder: stores,
    publish: async ({ bytes }: StoredPackage) => {
      const answered = await fetch(`${origin}/_host/${name}.scm.example/api/publish`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/zip' },
        body: new Uint8Array(bytes),
      });
      return answered.status;
    },
    published: () => publishes,
    changeSettings: (changed: Readonly<Record<string, string | null>>) => {
      settings = Object.fromEntries(
        Object.entries({ ...settings, ...changed }).flatMap(([name, value]) =>
          value === null ? [] : [[name, value]],
        ),
      );
    },
    clients: {
      openStores: () => Promise.resolve(openFolder(stores)),
      openVault: () => Promise.resolve(vault),
      proveStorageKey: (given: Secret) =>
        Promise.resolve(given.reveal().includes(liveKey) ? null : 'holds a key that was reset'),
    },
    dependencies: {
      endpoints: {
        resourceManager: origin,
        audience: 'https://management.azure.com',
        addressOf: (host: string) => `${origin}/_host/${host}`,
      },
      credential: {
        getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
      },
      fetch,
      now: () => new Date(cloud.nowMilliseconds),
      // Waiting passes the deployment's own time, not the test's.
      sleep: (milliseconds: number) => {
        cloud.nowMilliseconds += milliseconds;
        return new Promise<void>((resolve) => setTimeout(resolve, 20));
      },
      onProgress: (line: string) => said.push(line),
    },
    close: async () => {
      await service.whenIdle();
      await sites.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  });
}

function describeSite(runtimeVersion: string): object {
  return {
    id: siteId,
    name,
    kind: 'functionapp,linux',
    tags: { project: 'mispriced', stack: 'dev' },
    identity: {
      type: 'UserAssigned',
      userAssignedIdentities: { '/app': { principalId: 'principal', clientId } },
    },
    properties: {
      defaultHostName: `${name}.example`,
      hostNameSslStates: [
        { name: `${name}.example`, hostType: 'Standard' },
        { name: `${name}.scm.example`, hostType: 'Repository' },
      ],
      functionAppConfig: { runtime: { name: 'node', version: runtimeVersion } },
    },
  };
}
