import { ResourceGroup } from '@pulumi/azure-native/resources/index.js';
import { pulumiOrSkip } from '@mispriced/pulumi-cli/testing';
import { more } from '@mispriced/testing/more';
import { BlobContainer, StorageAccount } from '@pulumi/azure-native/storage/index.js';
import { WebAppApplicationSettings } from '@pulumi/azure-native/web/index.js';
import { VirtualNetwork } from '@pulumi/azure-native/network/index.js';
import * as pulumi from '@pulumi/pulumi';
import type { Stack } from '@pulumi/pulumi/automation/index.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type RunningProvider, startProvider } from '../serve.ts';
import { startSmallArm } from './small-arm.ts';
import { temporaryStack } from './temporary-stack.ts';

const subscription = '/subscriptions/11111111-1111-1111-1111-111111111111';
const planted = 'planted-secret-value';

/** What the program of these tests declares, changed from test to test. */
const wanted = { location: 'westeurope', owner: 'a', accountName: undefined as string | undefined };

function program(): Promise<Record<string, unknown>> {
  const group = new ResourceGroup('group-', { location: wanted.location });
  const account = new StorageAccount('mpdev', {
    resourceGroupName: group.name,
    location: wanted.location,
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    enableHttpsTrafficOnly: true,
    tags: { owner: wanted.owner },
    ...(wanted.accountName !== undefined && { accountName: wanted.accountName }),
  });
  new BlobContainer('runs', {
    resourceGroupName: group.name,
    accountName: account.name,
    containerName: 'runs',
  });
  new WebAppApplicationSettings('settings', {
    resourceGroupName: group.name,
    name: 'app',
    properties: { PLANTED: pulumi.secret(planted) },
  });
  return Promise.resolve({ account: account.name });
}

const found = await pulumiOrSkip();

describe.skipIf(found === null)('the real engine with the stand-in for azure-native', () => {
  let arm: Awaited<ReturnType<typeof startSmallArm>>;
  let provider: RunningProvider;
  let stack: Stack;
  let stateText: () => Promise<string>;
  const accountName = async () => String((await stack.outputs())['account']?.value);
  const writes = () => arm.requests.filter(({ method }) => method !== 'GET' && method !== 'POST');

  beforeAll(async () => {
    arm = await startSmallArm();
    provider = await startProvider(arm.connection);
    ({ stack, stateText } = await temporaryStack({ stackName: 'dev', program, provider }));
  });
  afterAll(async () => {
    await provider.close();
    await arm.close();
  });
  beforeEach(() => {
    arm.requests.length = 0;
  });

  it('asks for nothing to be made in a preview', async () => {
    const { changeSummary } = await stack.preview();
    expect(changeSummary).toEqual({ create: 5 });
    expect(writes()).toEqual([]);
  });

  it('sends what the real provider would send', async () => {
    await stack.up();
    const name = await accountName();
    expect(name).toMatch(/^mpdev[0-9a-f]{8}$/);
    const account = writes().find(({ path }) => path.endsWith(`/storageAccounts/${name}`));
    expect(account?.path).toMatch(
      new RegExp(`^${subscription}/resourceGroups/group-[0-9a-f]{8}/providers/Microsoft.Storage/`),
    );
    expect(account).toMatchObject({
      method: 'PUT',
      apiVersion: '2024-01-01',
      body: {
        kind: 'StorageV2',
        location: 'westeurope',
        sku: { name: 'Standard_LRS' },
        tags: { owner: 'a' },
        properties: { supportsHttpsTrafficOnly: true },
      },
    });
    const settings = writes().find(({ path }) => path.endsWith('/config/appsettings'));
    expect(settings?.body).toEqual({ properties: { PLANTED: planted } });
  });

  it('keeps a secret out of the state', async () => {
    const text = await stateText();
    for (const form of [
      planted,
      encodeURIComponent(planted),
      Buffer.from(planted).toString('base64'),
    ]) {
      expect(text).not.toContain(form);
    }
    expect(text).toContain('"ciphertext"');
  });

  it('changes nothing when nothing has changed', async () => {
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toEqual({ same: 5 });
    expect(writes()).toEqual([]);
  });

  it('updates one resource in place, under its old name', async () => {
    const before = await accountName();
    wanted.owner = 'b';
    expect((await stack.preview()).changeSummary).toEqual({ same: 4, update: 1 });
    expect(writes()).toEqual([]);
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toEqual({ same: 4, update: 1 });
    expect(await accountName()).toBe(before);
    expect(writes().map(({ method }) => method)).toEqual(['PUT']);
  });

  more('sees, and puts right, what was changed behind its back', async () => {
    const path = [...arm.resources.keys()].find((key) => /storageaccounts\/[^/]+$/.test(key)) ?? '';
    arm.resources.set(path, { ...arm.resources.get(path), tags: { owner: 'mallory' } });
    const seen = await stack.refresh();
    expect(seen.summary.resourceChanges).toMatchObject({ update: 1 });
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toEqual({ same: 4, update: 1 });
    expect(arm.resources.get(path)?.['tags']).toEqual({ owner: 'b' });
  });

  more('makes again what was deleted behind its back', async () => {
    const path = [...arm.resources.keys()].find((key) => key.endsWith('/containers/runs')) ?? '';
    arm.resources.delete(path);
    await stack.refresh();
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toEqual({ same: 4, create: 1 });
    expect(arm.resources.has(path)).toBe(true);
  });

  more('replaces an account that gets another name, and says so in the preview', async () => {
    wanted.accountName = 'anothername';
    const { changeSummary } = await stack.preview();
    expect(changeSummary).toMatchObject({ replace: 2 });
    await stack.up();
    expect(await accountName()).toBe('anothername');
    const deleted = writes().filter(({ method }) => method === 'DELETE');
    expect(deleted.map(({ path }) => path.split('/').at(-1)).sort()).toEqual(
      ['runs', expect.stringMatching(/^mpdev/) as string].sort(),
    );
  });

  more('deletes first where the new one needs the same name', async () => {
    wanted.location = 'northeurope';
    await stack.up();
    const account = writes().filter(({ path }) => path.endsWith('/anothername'));
    expect(account.map(({ method }) => method)).toEqual(['DELETE', 'PUT']);
  });

  more('passes on what the resource manager said no with', async () => {
    wanted.owner = 'c';
    const error = { code: 'StorageAccountBusy', message: 'Try later.' };
    arm.faults.push({ method: 'PUT', pathEnds: '/anothername', status: 409, body: { error } });
    await expect(stack.up()).rejects.toThrow(/Code="StorageAccountBusy" Message="Try later\."/);
    const { summary } = await stack.up();
    expect(summary.resourceChanges).toEqual({ same: 4, update: 1 });
  });

  more('waits for what Azure does in the background, and tries again when told to', async () => {
    wanted.owner = 'd';
    const later = { 'azure-asyncoperation': `${arm.endpoint}/operations/1`, 'retry-after': '0' };
    arm.faults.push(
      { method: 'PUT', pathEnds: '/anothername', status: 429, headers: { 'retry-after': '1' } },
      { method: 'PUT', pathEnds: '/anothername', status: 202, headers: later },
      { method: 'GET', pathEnds: '/operations/1', status: 200, body: { status: 'InProgress' } },
      { method: 'GET', pathEnds: '/operations/1', status: 200, body: { status: 'Succeeded' } },
    );
    await stack.up();
    expect(
      arm.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1) ?? ''}`),
    ).toEqual(['PUT anothername', 'PUT anothername', 'GET 1', 'GET 1', 'GET anothername']);
  });

  more('fails with the reason when the work in the background does', async () => {
    wanted.owner = 'e';
    const later = { 'azure-asyncoperation': `${arm.endpoint}/operations/2`, 'retry-after': '0' };
    const error = { code: 'QuotaExceeded', message: 'No more of these.' };
    arm.faults.push(
      { method: 'PUT', pathEnds: '/anothername', status: 202, headers: later },
      {
        method: 'GET',
        pathEnds: '/operations/2',
        status: 200,
        body: { status: 'Failed', error },
      },
    );
    await expect(stack.up()).rejects.toThrow(/Code="QuotaExceeded"/);
  });

  more('refuses to take over what is already there', async () => {
    const id = `${subscription}/resourceGroups/taken`;
    arm.resources.set(id.toLowerCase(), { id, name: 'taken', location: 'westeurope' });
    const other = await temporaryStack({
      stackName: 'dev',
      provider,
      program: () => {
        new ResourceGroup('group', { resourceGroupName: 'taken', location: 'westeurope' });
        return Promise.resolve({});
      },
    });
    await expect(other.stack.up()).rejects.toThrow(/cannot create already existing resource/);
  });

  more('refuses a type that it does not know, by name', async () => {
    const other = await temporaryStack({
      stackName: 'dev',
      provider,
      program: () => {
        new VirtualNetwork('net', { resourceGroupName: 'group', location: 'westeurope' });
        return Promise.resolve({});
      },
    });
    await expect(other.stack.preview()).rejects.toThrow(
      /azure-native:network:VirtualNetwork is not served/,
    );
  });

  it('leaves nothing behind', async () => {
    await stack.destroy();
    const left = [...arm.resources.keys()].filter((key) => !key.endsWith('/taken'));
    expect(left).toEqual([]);
    // What has no deletion of its own is given back the state it began with.
    const settings = writes().find(({ path }) => path.endsWith('/config/appsettings'));
    expect(settings).toMatchObject({ method: 'PUT', body: { properties: {} } });
  });
});
