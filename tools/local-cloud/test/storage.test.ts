import { StorageManagementClient } from '@azure/arm-storage';
import {
  BlobSASPermissions,
  BlobServiceClient,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignIn } from '../services/identity/sign-in.ts';
import { createTable, tableNames } from './tables.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

const account = 'mispriceddata1';
const blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';
const blobReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';
const queueContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88';
const once: StoragePipelineOptions = { retryOptions: { maxTries: 1 } };

let test: TestCloud;
let group: string;
let arm: StorageManagementClient;
let app: SignIn;

beforeAll(async () => {
  test = await startTestCloud();
  group = `/subscriptions/${test.cloud.subscriptionId}/resourceGroups/data`;
  await test.cloud.request('PUT', `${group}?api-version=2024-03-01`, { location: 'westeurope' });
  arm = new StorageManagementClient(test.credential(), test.cloud.subscriptionId, test.armOptions);
  app = test.cloud.createServicePrincipal({ displayName: 'app' });
});
afterAll(() => test.close());

const accountId = (): string => `${group}/providers/Microsoft.Storage/storageAccounts/${account}`;

async function give(role: string, who: SignIn, scope = accountId()): Promise<string> {
  const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}?api-version=2022-04-01`;
  const { status } = await test.cloud.request('PUT', path, {
    properties: {
      roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      principalId: who.objectId,
      principalType: 'ServicePrincipal',
    },
  });
  expect(status).toBe(201);
  return path;
}

function blobs(who: SignIn): BlobServiceClient {
  const url = test.cloud.addresses.hosted('blob', account);
  return new BlobServiceClient(url, test.credential(who), once);
}

function byKey(key: string): BlobServiceClient {
  const url = test.cloud.addresses.hosted('blob', account);
  return new BlobServiceClient(url, new StorageSharedKeyCredential(account, key), once);
}

describe('storage accounts, by @azure/arm-storage', () => {
  it('creates one as a long-running operation and shows what Azure would', async () => {
    const available = await arm.storageAccounts.checkNameAvailability({
      name: account,
      type: 'Microsoft.Storage/storageAccounts',
    });
    expect(available.nameAvailable).toBe(true);
    const made = await arm.storageAccounts.create(
      'data',
      account,
      {
        location: 'westeurope',
        kind: 'StorageV2',
        sku: { name: 'Standard_LRS' },
        allowSharedKeyAccess: false,
        minimumTlsVersion: 'TLS1_2',
        keyPolicy: { keyExpirationPeriodInDays: 60 },
      },
      { updateIntervalInMs: 50 },
    );
    expect(made).toMatchObject({
      name: account,
      provisioningState: 'Succeeded',
      sku: { name: 'Standard_LRS', tier: 'Standard' },
      primaryEndpoints: { blob: `${test.cloud.addresses.hosted('blob', account)}/` },
      keyPolicy: { keyExpirationPeriodInDays: 60 },
    });
    expect(made.keyCreationTime?.key1).toBeInstanceOf(Date);
    const first = test.cloud
      .requests()
      .find((each) => each.method === 'PUT' && each.path.endsWith(account));
    expect(first?.status).toBe(202);
    expect(
      (
        await arm.storageAccounts.checkNameAvailability({
          name: account,
          type: 'Microsoft.Storage/storageAccounts',
        })
      ).reason,
    ).toBe('AlreadyExists');
  });

  it('refuses a bad name, an unknown SKU, a misspelt and a read-only property, all at once', async () => {
    const bad = await test.cloud.request(
      'PUT',
      `${group}/providers/Microsoft.Storage/storageAccounts/Bad_Name?api-version=2024-01-01`,
      { location: 'westeurope', kind: 'StorageV2', sku: { name: 'Standard_LRS' } },
    );
    expect([bad.status, JSON.stringify(bad.body)]).toEqual([
      400,
      expect.stringContaining('AccountNameInvalid'),
    ]);
    const other = `${group}/providers/Microsoft.Storage/storageAccounts/other?api-version=2024-01-01`;
    const { status, body } = await test.cloud.request('PUT', other, {
      location: 'westeurope',
      kind: 'StorageV2',
      sku: { name: 'Gold' },
      properties: { allowSharedKeysAccess: false, creationTime: 'now' },
    });
    expect(status).toBe(400);
    const text = JSON.stringify(body);
    for (const part of [
      'sku.name',
      'allowSharedKeysAccess',
      'creationTime',
      'InvalidRequestContent',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('refuses copies in zones where the region has none', async () => {
    const make = (location: string) =>
      arm.storageAccounts.create(
        'data',
        `mispricedzones${location}`.slice(0, 24),
        { location, kind: 'StorageV2', sku: { name: 'Standard_ZRS' } },
        { updateIntervalInMs: 50 },
      );
    await expect(make('westus')).rejects.toMatchObject({
      statusCode: 400,
      code: 'RedundancyConfigurationNotAvailableInRegion',
    });
    expect((await make('westus2')).sku?.name).toBe('Standard_ZRS');
  });

  it('keeps service properties, a lifecycle rule and containers', async () => {
    const service = await arm.blobServices.setServiceProperties('data', account, {
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 7 },
    });
    expect(service.deleteRetentionPolicy?.days).toBe(7);
    await arm.managementPolicies.createOrUpdate('data', account, 'default', {
      policy: {
        rules: [
          {
            name: 'old-runs',
            type: 'Lifecycle',
            definition: {
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 365 } } },
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['runs/'] },
            },
          },
        ],
      },
    });
    await arm.blobContainers.create('data', account, 'ledger', {});
    expect((await arm.blobContainers.get('data', account, 'ledger')).name).toBe('ledger');
    await expect(arm.blobContainers.create('data', account, 'No--Good', {})).rejects.toMatchObject({
      statusCode: 400,
    });
  });
});

describe('blobs and queues through the front, by the storage clients', () => {
  it('refuses a shared key and a signature while they are off, and serves them when on', async () => {
    const key = (await arm.storageAccounts.listKeys('data', account)).keys?.[0]?.value ?? '';
    await expect(byKey(key).getContainerClient('ledger').getProperties()).rejects.toMatchObject({
      statusCode: 403,
      code: 'KeyBasedAuthenticationNotPermitted',
    });
    await arm.storageAccounts.update('data', account, { allowSharedKeyAccess: true });
    await expect(byKey(key).getContainerClient('ledger').exists()).resolves.toBe(true);
    const byPath = new BlobServiceClient(
      test.cloud.addresses.accountPath('blob', account),
      new StorageSharedKeyCredential(account, key),
      once,
    );
    await byPath.getContainerClient('ledger').getBlockBlobClient('by path.txt').upload('1', 1);
    const signed = await byKey(key)
      .getContainerClient('ledger')
      .getBlobClient('by path.txt')
      .generateSasUrl({
        permissions: BlobSASPermissions.parse('r'),
        expiresOn: new Date(Date.now() + 60_000),
      });
    expect((await fetch(signed)).status).toBe(200);
    const second = (await arm.storageAccounts.listKeys('data', account)).keys?.[1]?.value ?? '';
    const renewed = await arm.storageAccounts.regenerateKey('data', account, { keyName: 'key1' });
    expect((await fetch(signed)).status).toBe(403);
    await expect(byKey(key).getProperties()).rejects.toMatchObject({ statusCode: 403 });
    await expect(byKey(second).getProperties()).resolves.toBeDefined();
    const fresh = renewed.keys?.[0]?.value ?? '';
    expect(fresh).not.toBe(key);
    const kept = byKey(fresh).getContainerClient('ledger').getBlobClient('by path.txt');
    expect((await kept.downloadToBuffer()).toString()).toBe('1');
    await arm.storageAccounts.update('data', account, { allowSharedKeyAccess: false });
  });

  it('lets an identity in by its role only, and out again when it is taken', async () => {
    const blob = blobs(app).getContainerClient('ledger').getAppendBlobClient('2026-11.jsonl');
    await expect(blob.create()).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationPermissionMismatch',
    });
    const reading = await give(blobReader, app);
    await expect(blob.create()).rejects.toMatchObject({ statusCode: 403 });
    await expect(blob.exists()).resolves.toBe(false);
    const writing = await give(
      blobContributor,
      app,
      `${accountId()}/blobServices/default/containers/ledger`,
    );
    await blob.create({ conditions: { ifNoneMatch: '*' } });
    await blob.appendBlock('one\n', 4, { conditions: { appendPosition: 0 } });
    await expect(
      blob.appendBlock('two\n', 4, { conditions: { appendPosition: 0 } }),
    ).rejects.toMatchObject({ statusCode: 412 });
    expect((await blob.downloadToBuffer()).toString()).toBe('one\n');
    const lease = blob.getBlobLeaseClient();
    await lease.acquireLease(15);
    await lease.releaseLease();
    const names: string[] = [];
    for await (const each of blobs(app).getContainerClient('ledger').listBlobsFlat()) {
      names.push(each.name);
    }
    expect(names).toContain('2026-11.jsonl');
    await expect(blobs(app).createContainer('models')).rejects.toMatchObject({ statusCode: 403 });
    for (const path of [reading, writing]) await test.cloud.request('DELETE', path);
    await expect(blob.exists()).rejects.toMatchObject({ statusCode: 403 });
  });

  it('moves large bodies both ways', async () => {
    const path = await give(blobContributor, app);
    const blob = blobs(app).getContainerClient('ledger').getBlockBlobClient('large.bin');
    const bytes = Buffer.alloc(9 * 1024 * 1024, 'x');
    await blob.uploadData(bytes, { blockSize: 4 * 1024 * 1024, maxSingleShotSize: 1024 });
    expect((await blob.downloadToBuffer()).equals(bytes)).toBe(true);
    await test.cloud.request('DELETE', path);
  });

  it('keeps queues to the queue roles', async () => {
    const url = test.cloud.addresses.hosted('queue', account);
    const queues = new QueueServiceClient(url, test.credential(app), {
      retryOptions: { maxTries: 1 },
    });
    await expect(queues.createQueue('jobs')).rejects.toMatchObject({ statusCode: 403 });
    await give(queueContributor, app);
    await queues.createQueue('jobs');
    await queues.getQueueClient('jobs').sendMessage('hello');
    const { receivedMessageItems } = await queues.getQueueClient('jobs').receiveMessages();
    const [message] = receivedMessageItems;
    expect(message?.messageText).toBe('hello');
    await queues
      .getQueueClient('jobs')
      .deleteMessage(message?.messageId ?? '', message?.popReceipt ?? '');
  });

  it('refuses a token for something else, and strangers altogether', async () => {
    const { token } = await test
      .credential(app)
      .getToken(`${test.cloud.addresses.origin}/.default`);
    const url = `${test.cloud.addresses.hosted('blob', account)}/?comp=list`;
    const wrong = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toContain(
      'resource_id=https://storage.azure.com',
    );
    const stranger = await fetch(url);
    expect([stranger.status, stranger.headers.get('x-ms-error-code')]).toEqual([
      409,
      'PublicAccessNotPermitted',
    ]);
  });

  it('keeps accounts, keys and data over a restart, and forgets them on deletion', async () => {
    const before = await arm.storageAccounts.listKeys('data', account);
    await test.cloud.close();
    const restarted = await startTestCloud({ folder: test.folder });
    expect(restarted.cloud.addresses.origin).toBe(test.cloud.addresses.origin);
    test = restarted;
    const after = await arm.storageAccounts.listKeys('data', account);
    expect(after).toEqual(before);
    await give(blobReader, app);
    const blob = blobs(app).getContainerClient('ledger').getBlobClient('2026-11.jsonl');
    expect((await blob.downloadToBuffer()).toString()).toBe('one\n');
    const table = { azurite: test.cloud.context.storage.azurite, account };
    await createTable(table, 'runs');
    expect(await tableNames(table)).toEqual(['runs']);
    await arm.storageAccounts.delete('data', account);
    await expect(blob.exists()).resolves.toBe(false);
    await arm.storageAccounts.create(
      'data',
      account,
      { location: 'westeurope', kind: 'StorageV2', sku: { name: 'Standard_LRS' } },
      { updateIntervalInMs: 50 },
    );
    const fresh = (await arm.storageAccounts.listKeys('data', account)).keys?.[0]?.value ?? '';
    await expect(byKey(fresh).getContainerClient('ledger').exists()).resolves.toBe(false);
    expect(await tableNames(table)).toEqual([]);
  });
});
