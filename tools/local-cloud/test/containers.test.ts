import { StorageManagementClient } from '@azure/arm-storage';
import { BlobServiceClient, type StoragePipelineOptions } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignIn } from '../services/identity/sign-in.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

const account = 'mispricedheld1';
const blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe';
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
  await arm.storageAccounts.create(
    'data',
    account,
    {
      location: 'westeurope',
      kind: 'StorageV2',
      sku: { name: 'Standard_LRS' },
      allowSharedKeyAccess: false,
    },
    { updateIntervalInMs: 50 },
  );
  await arm.blobContainers.create('data', account, 'ledger', {});
});
afterAll(() => test.close());

const accountId = (): string => `${group}/providers/Microsoft.Storage/storageAccounts/${account}`;

async function give(role: string, who: SignIn): Promise<string> {
  const path = `${accountId()}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}?api-version=2022-04-01`;
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

describe('containers and queues, which both sides see', () => {
  const scope = (rest: string): string => `${accountId()}/${rest}?api-version=2024-01-01`;
  const named = (name: string): string => scope(`blobServices/default/containers/${name}`);
  const status = async (path: string): Promise<number> =>
    (await test.cloud.request('GET', path)).status;

  it('shows the resource manager what the data plane made, and no more what it removed', async () => {
    const role = await give(blobContributor, app);
    const queueRole = await give(queueContributor, app);
    await blobs(app).createContainer('by-data');
    expect(await status(named('by-data'))).toBe(200);
    await arm.blobContainers.create('data', account, 'by-arm', { metadata: { of: 'arm' } });
    const listed: (string | undefined)[] = [];
    for await (const each of arm.blobContainers.list('data', account)) listed.push(each.name);
    expect(listed.toSorted()).toEqual(['by-arm', 'by-data', 'ledger']);
    expect((await arm.blobContainers.get('data', account, 'by-arm')).metadata).toEqual({
      of: 'arm',
    });
    for (const name of ['by-data', 'by-arm']) {
      await blobs(app).deleteContainer(name);
      expect(await status(named(name))).toBe(404);
    }
    const url = test.cloud.addresses.hosted('queue', account);
    const queues = new QueueServiceClient(url, test.credential(app), {
      retryOptions: { maxTries: 1 },
    });
    await queues.createQueue('by-data');
    const queue = scope('queueServices/default/queues/by-data');
    expect(await status(queue)).toBe(200);
    await queues.deleteQueue('by-data');
    expect(await status(queue)).toBe(404);
    for (const path of [role, queueRole]) await test.cloud.request('DELETE', path);
  });

  it('makes a container public only where the account allows it, and private again', async () => {
    const open = { publicAccess: 'Blob' as const };
    await expect(arm.blobContainers.create('data', account, 'open', open)).rejects.toMatchObject({
      statusCode: 409,
      code: 'PublicAccessNotPermitted',
    });
    await arm.storageAccounts.update('data', account, { allowBlobPublicAccess: true });
    await arm.blobContainers.create('data', account, 'open', open);
    const role = await give(blobContributor, app);
    await blobs(app).getContainerClient('open').getBlockBlobClient('a').upload('1', 1);
    const anybody = async (): Promise<number> =>
      (await fetch(`${test.cloud.addresses.hosted('blob', account)}/open/a`)).status;
    expect(await anybody()).toBe(200);
    await blobs(app).getContainerClient('open').setAccessPolicy('container');
    expect((await arm.blobContainers.get('data', account, 'open')).publicAccess).toBe('Container');
    await arm.blobContainers.update('data', account, 'open', { publicAccess: 'None' });
    expect(await anybody()).not.toBe(200);
    await arm.blobContainers.delete('data', account, 'open');
    await arm.storageAccounts.update('data', account, { allowBlobPublicAccess: false });
    await test.cloud.request('DELETE', role);
  });

  it('lets a key policy count the age of keys that have one', async () => {
    const policy = { keyPolicy: { keyExpirationPeriodInDays: 30 } };
    await test.cloud.context.storage.forgetKeyAges(account);
    const renew = (keyName: string): Promise<unknown> =>
      arm.storageAccounts.regenerateKey('data', account, { keyName });
    await renew('key1');
    await expect(arm.storageAccounts.update('data', account, policy)).rejects.toMatchObject({
      statusCode: 400,
      code: 'KeyPolicyNotAllowed',
    });
    await renew('key2');
    await expect(arm.storageAccounts.update('data', account, policy)).resolves.toMatchObject(
      policy,
    );
  });
});
