import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSecretClient } from '@mispriced/config';
import { containers } from '@mispriced/core';
import { deployerCredential } from '@mispriced/deploy';
import { functionAppsService, startLocalCloud } from '@mispriced/local-cloud';
import { plainEnvironment } from '@mispriced/testing';
import { type CommandEnd, runCommand } from './run-command.ts';

const blobOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b';
const location = 'westeurope';
const deploymentContainer = 'app-package';

type Settings = Readonly<Record<string, string>>;

/** A local cloud with one function app, as `up` would make it for the stack `dev`, and no code yet. */
export async function startLocalApp() {
  const stateFolder = await mkdtemp(join(tmpdir(), 'local-app-'));
  const cloud = await startLocalCloud({ stateFolder, services: [functionAppsService] });
  const subscription = `/subscriptions/${cloud.subscriptionId}`;
  const group = `${subscription}/resourceGroups/mispriced-dev`;
  const providers = `${group}/providers`;
  const send = async (method: string, path: string, version: string, body?: unknown) => {
    const answer = await cloud.request(method, `${path}?api-version=${version}`, body);
    if (answer.status < 300) return answer.body as Record<string, unknown>;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  const put = (path: string, version: string, body: unknown) => send('PUT', path, version, body);

  await put(group, '2024-03-01', { location });
  const identityId = `${providers}/Microsoft.ManagedIdentity/userAssignedIdentities/app`;
  const { principalId, clientId } = (await put(identityId, '2023-01-31', { location }))[
    'properties'
  ] as Record<string, string>;
  const accountId = `${providers}/Microsoft.Storage/storageAccounts/mispriceddev`;
  await put(accountId, '2024-01-01', {
    location,
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    properties: { allowSharedKeyAccess: true },
  });
  const roles = 'providers/Microsoft.Authorization';
  for (const principal of [principalId, cloud.administrator.objectId]) {
    await put(`${accountId}/${roles}/roleAssignments/${randomUUID()}`, '2022-04-01', {
      properties: {
        principalId: principal,
        principalType: 'ServicePrincipal',
        roleDefinitionId: `${subscription}/${roles}/roleDefinitions/${blobOwner}`,
      },
    });
  }
  for (const name of [...Object.values(containers), deploymentContainer]) {
    const path = `${accountId}/blobServices/default/containers/${name}`;
    await put(path, '2024-01-01', { properties: {} });
  }
  const vaultId = `${providers}/Microsoft.KeyVault/vaults/mispriced-dev`;
  const policy = (objectId: string | undefined, secrets: readonly string[]) => ({
    tenantId: cloud.tenantId,
    objectId,
    permissions: { secrets },
  });
  await put(vaultId, '2024-11-01', {
    location,
    properties: {
      tenantId: cloud.tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: false,
      accessPolicies: [
        policy(principalId, ['get', 'list']),
        policy(cloud.administrator.objectId, ['get', 'set', 'list']),
      ],
    },
  });
  const planId = `${providers}/Microsoft.Web/serverfarms/plan`;
  const plan = { location, sku: { name: 'FC1', tier: 'FlexConsumption' } };
  await put(planId, '2025-05-01', { ...plan, properties: { reserved: true } });
  const siteId = `${providers}/Microsoft.Web/sites/mispriced-dev-1`;
  const blobs = cloud.addresses.hosted('blob', 'mispriceddev');
  await put(siteId, '2025-05-01', {
    location,
    kind: 'functionapp,linux',
    tags: { project: 'mispriced', stack: 'dev' },
    identity: { type: 'UserAssigned', userAssignedIdentities: { [identityId]: {} } },
    properties: {
      serverFarmId: planId,
      keyVaultReferenceIdentity: identityId,
      functionAppConfig: {
        deployment: {
          storage: {
            type: 'blobContainer',
            value: `${blobs}/${deploymentContainer}`,
            authentication: {
              type: 'UserAssignedIdentity',
              userAssignedIdentityResourceId: identityId,
            },
          },
        },
        runtime: { name: 'node', version: '24' },
        scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
      },
    },
  });
  const vaultUrl = cloud.addresses.hosted('vault', 'mispriced-dev');
  const reference = `@Microsoft.KeyVault(SecretUri=${vaultUrl}/secrets/storage--connection-string)`;
  const common = {
    MISPRICED__STAGE: 'dev',
    MISPRICED__STORAGE__KIND: 'blob',
    MISPRICED__IDENTITY__KIND: 'managed',
    MISPRICED__IDENTITY__CLIENT_ID: clientId ?? '',
    MISPRICED__KEY_VAULT__NAME: 'mispriced-dev',
    MISPRICED__KEY_VAULT__URL: vaultUrl,
    // Far from now, so that no deployment of a test waits for a slot.
    MISPRICED__SCHEDULE__DAILY_TRADE: `0 0 ${(new Date().getUTCHours() + 12) % 24} * * *`,
  };
  const settings = {
    byIdentity: {
      ...common,
      AzureWebJobsStorage__credential: 'managedidentity',
      AzureWebJobsStorage__clientId: clientId ?? '',
      AzureWebJobsStorage__blobServiceUri: blobs,
      MISPRICED__STORAGE__ACCOUNT_URL: blobs,
    },
    byKey: {
      ...common,
      AzureWebJobsStorage: reference,
      MISPRICED__STORAGE__CONNECTION_STRING: reference,
    },
  };
  const environment = { ...plainEnvironment(), ...cloud.environment, MISPRICED_CLOUD: 'local' };
  const run = (args: readonly string[], input = ''): Promise<CommandEnd> =>
    runCommand(args, { environment, input, workingFolder: stateFolder });
  return {
    cloud,
    stateFolder,
    settings,
    environment,
    /** Replaces the app's settings, which starts it anew. */
    putSettings: (properties: Settings) =>
      put(`${siteId}/config/appsettings`, '2025-05-01', { properties }),
    refreshReferences: () =>
      send('POST', `${siteId}/config/configreferences/appsettings/refresh`, '2025-05-01'),
    /** The account's connection string with its first key, as it is now. */
    connectionString: async (): Promise<string> => {
      const { keys } = await send('POST', `${accountId}/listKeys`, '2024-01-01');
      const [key] = keys as readonly { readonly value: string }[];
      return `DefaultEndpointsProtocol=https;AccountName=mispriceddev;AccountKey=${key?.value ?? ''};BlobEndpoint=${blobs}`;
    },
    resetKey: () => send('POST', `${accountId}/regenerateKey`, '2024-01-01', { keyName: 'key1' }),
    /** The environment's vault, as whoever deploys writes to it. */
    openVault: () =>
      openSecretClient({
        vault: { url: vaultUrl },
        identity: { credential: deployerCredential(environment), description: 'the test' },
      }),
    /** How often a package was sent. */
    published: () =>
      cloud.requests().filter((each) => each.path === '/api/publish' && each.status === 202).length,
    run,
    /** Runs `deploy --stack dev` with these words. */
    deploy: (...words: readonly string[]) => run(['deploy', '--stack', 'dev', ...words]),
    close: async (): Promise<void> => {
      await cloud.close();
      await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
