import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { ResourceManagementClient } from '@azure/arm-resources';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

let test: TestCloud;
let aheadMilliseconds = 0;
beforeAll(async () => {
  test = await startTestCloud({ clock: () => new Date(Date.now() + aheadMilliseconds) });
});
afterAll(() => test.close());

const options = (): TestCloud['armOptions'] => test.armOptions;
const resources = (): ResourceManagementClient =>
  new ResourceManagementClient(test.credential(), test.cloud.subscriptionId, options());
const identities = (): ManagedServiceIdentityClient =>
  new ManagedServiceIdentityClient(test.credential(), test.cloud.subscriptionId, options());
const roles = (): AuthorizationManagementClient =>
  new AuthorizationManagementClient(test.credential(), test.cloud.subscriptionId, options());

describe('resource groups, by @azure/arm-resources', () => {
  it('creates, shows, changes tags, lists and deletes', async () => {
    const { resourceGroups } = resources();
    const created = await resourceGroups.createOrUpdate('first', {
      location: 'West Europe',
      tags: { stack: 'dev' },
    });
    expect(created).toMatchObject({
      name: 'first',
      location: 'westeurope',
      tags: { stack: 'dev' },
      properties: { provisioningState: 'Succeeded' },
    });
    const patched = await resourceGroups.update('first', { tags: { stack: 'prod' } });
    expect(patched.tags).toEqual({ stack: 'prod' });
    expect((await resourceGroups.get('FIRST')).id).toBe(created.id);
    const names: (string | undefined)[] = [];
    for await (const group of resourceGroups.list()) names.push(group.name);
    expect(names).toEqual(['first']);
    await resourceGroups.delete('first', { updateIntervalInMs: 50 });
    await expect(resourceGroups.get('first')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceGroupNotFound',
    });
  });

  it('refuses a place that there is not and a move', async () => {
    const { resourceGroups } = resources();
    await expect(
      resourceGroups.createOrUpdate('nowhere', { location: 'atlantis' }),
    ).rejects.toMatchObject({ statusCode: 400, code: 'LocationNotAvailableForResourceType' });
    await resourceGroups.createOrUpdate('fixed', { location: 'westeurope' });
    await expect(
      resourceGroups.createOrUpdate('fixed', { location: 'northeurope' }),
    ).rejects.toMatchObject({ statusCode: 409, code: 'InvalidResourceLocation' });
  });

  it('names what it does not simulate', async () => {
    const { status, body } = await test.cloud.request(
      'GET',
      `/subscriptions/${test.cloud.subscriptionId}/providers/Microsoft.Compute/virtualMachines?api-version=2024-07-01`,
    );
    expect(status).toBe(501);
    expect(JSON.stringify(body)).toContain('Microsoft.Compute/virtualMachines');
  });
});

describe('identities and roles, by @azure/arm-msi and @azure/arm-authorization', () => {
  const blobReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1';

  it('makes an identity that a role can be given to, once', async () => {
    await resources().resourceGroups.createOrUpdate('people', { location: 'westeurope' });
    const identity = await identities().userAssignedIdentities.createOrUpdate('people', 'app', {
      location: 'westeurope',
    });
    expect(identity.principalId).toMatch(/^[0-9a-f-]{36}$/);
    const again = await identities().userAssignedIdentities.createOrUpdate('people', 'app', {
      location: 'westeurope',
    });
    expect(again.principalId).toBe(identity.principalId);
    const scope = `/subscriptions/${test.cloud.subscriptionId}/resourceGroups/people`;
    const definitions = roles().roleDefinitions.list(scope, {
      filter: "roleName eq 'Storage Blob Data Reader'",
    });
    const found = (await definitions.next()).value as { id?: string };
    expect(found.id).toContain(blobReader);
    const parameters = {
      roleDefinitionId: found.id ?? '',
      principalId: identity.principalId ?? '',
      principalType: 'ServicePrincipal' as const,
    };
    const name = '11111111-2222-4333-8444-555555555555';
    const made = await roles().roleAssignments.create(scope, name, parameters);
    expect(made).toMatchObject({ scope, principalId: identity.principalId });
    await expect(
      roles().roleAssignments.create(scope, '11111111-2222-4333-8444-666666666666', parameters),
    ).rejects.toMatchObject({ statusCode: 409, code: 'RoleAssignmentExists' });
    const listed: (string | undefined)[] = [];
    for await (const each of roles().roleAssignments.listForScope(scope, {
      filter: `principalId eq '${identity.principalId ?? ''}'`,
    })) {
      listed.push(each.name);
    }
    expect(listed).toEqual([name]);
  });

  it('refuses a role for nobody, and for somebody too new to be looked up', async () => {
    const scope = `/subscriptions/${test.cloud.subscriptionId}/resourceGroups/people`;
    const roleDefinitionId = `/subscriptions/${test.cloud.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${blobReader}`;
    const give = (principalId: string, principalType?: 'ServicePrincipal'): Promise<unknown> =>
      roles().roleAssignments.create(scope, crypto.randomUUID(), {
        roleDefinitionId,
        principalId,
        ...(principalType !== undefined && { principalType }),
      });
    await expect(give('99999999-9999-4999-8999-999999999999')).rejects.toMatchObject({
      statusCode: 400,
      code: 'PrincipalNotFound',
    });
    test.cloud.setSettings({ principalSeconds: 60 });
    const { principalId = '' } = await identities().userAssignedIdentities.createOrUpdate(
      'people',
      'fresh',
      { location: 'westeurope' },
    );
    await expect(give(principalId)).rejects.toMatchObject({ code: 'PrincipalNotFound' });
    await expect(give(principalId, 'ServicePrincipal')).resolves.toMatchObject({ principalId });
    test.cloud.setSettings({ principalSeconds: 0 });
  });

  it('keeps a federated credential and refuses its double', async () => {
    const { federatedIdentityCredentials } = identities();
    const wanted = {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:owner/name:environment:prod',
      audiences: ['api://AzureADTokenExchange'],
    };
    const made = await federatedIdentityCredentials.createOrUpdate(
      'people',
      'app',
      'github',
      wanted,
    );
    expect(made.subject).toBe(wanted.subject);
    await expect(
      federatedIdentityCredentials.createOrUpdate('people', 'app', 'other', wanted),
    ).rejects.toMatchObject({ statusCode: 409 });
  });

  it('lets a principal do only what its role says', async () => {
    const reader = test.cloud.createServicePrincipal({ displayName: 'reader' });
    const client = new ResourceManagementClient(
      test.credential(reader),
      test.cloud.subscriptionId,
      options(),
    );
    await expect(client.resourceGroups.get('people')).rejects.toMatchObject({
      statusCode: 403,
      code: 'AuthorizationFailed',
    });
    const scope = `/subscriptions/${test.cloud.subscriptionId}/resourceGroups/people`;
    test.cloud.setSettings({ roleAssignmentSeconds: 60 });
    await roles().roleAssignments.create(scope, crypto.randomUUID(), {
      roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7`,
      principalId: reader.objectId,
    });
    await expect(client.resourceGroups.get('people')).rejects.toMatchObject({ statusCode: 403 });
    aheadMilliseconds = 60_000;
    expect((await client.resourceGroups.get('people')).name).toBe('people');
    await expect(
      client.resourceGroups.createOrUpdate('people', { location: 'westeurope' }),
    ).rejects.toMatchObject({ statusCode: 403 });
    test.cloud.setSettings({ roleAssignmentSeconds: 0 });
  });

  it('refuses a kind of principal that it is not', async () => {
    const group = test.cloud.createGroup('operators of a test');
    const scope = `/subscriptions/${test.cloud.subscriptionId}/resourceGroups/people`;
    const give = (principalType: 'Group' | 'ServicePrincipal'): Promise<unknown> =>
      roles().roleAssignments.create(scope, crypto.randomUUID(), {
        roleDefinitionId: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${blobReader}`,
        principalId: group,
        principalType,
      });
    await expect(give('ServicePrincipal')).rejects.toMatchObject({
      statusCode: 400,
      code: 'UnmatchedPrincipalType',
    });
    await expect(give('Group')).resolves.toMatchObject({ principalType: 'Group' });
  });

  it('shows roles, providers and the subscription to those alone who have a role', async () => {
    const stranger = test.cloud.createServicePrincipal({ displayName: 'stranger' });
    const { origin } = test.cloud.addresses;
    const { token } = await test.credential(stranger).getToken(`${origin}/.default`);
    const subscription = `/subscriptions/${test.cloud.subscriptionId}`;
    const ask = async (method: string, path: string, version: string): Promise<Response> =>
      fetch(`${origin}${path}?api-version=${version}`, {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
    const authorization = `${subscription}/providers/Microsoft.Authorization`;
    const register = `${subscription}/providers/Microsoft.Web/register`;
    const refused = [
      await ask('GET', `${authorization}/roleAssignments`, '2022-04-01'),
      await ask('GET', `${authorization}/roleDefinitions`, '2022-04-01'),
      await ask('GET', `${authorization}/roleDefinitions/${blobReader}`, '2022-04-01'),
      await ask('GET', `${subscription}/providers`, '2022-12-01'),
      await ask('GET', `${subscription}/providers/Microsoft.Web`, '2022-12-01'),
      await ask('POST', register, '2022-12-01'),
    ];
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
    const subscriptions = async (): Promise<unknown[]> => {
      const answered = await ask('GET', '/subscriptions', '2022-12-01');
      return ((await answered.json()) as { value: unknown[] }).value;
    };
    expect(await subscriptions()).toEqual([]);
    await roles().roleAssignments.create(
      `${subscription}/resourceGroups/people`,
      crypto.randomUUID(),
      {
        roleDefinitionId: `${authorization}/roleDefinitions/${blobReader}`,
        principalId: stranger.objectId,
        principalType: 'ServicePrincipal',
      },
    );
    expect(await subscriptions()).toHaveLength(1);
    await roles().roleAssignments.create(subscription, crypto.randomUUID(), {
      roleDefinitionId: `${authorization}/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`,
      principalId: stranger.objectId,
      principalType: 'ServicePrincipal',
    });
    expect((await ask('POST', register, '2022-12-01')).status).toBe(200);
    expect((await ask('GET', `${authorization}/roleAssignments`, '2022-04-01')).status).toBe(200);
  });

  it('takes everything below a deleted group along, the identity too', async () => {
    const { principalId = '' } = await identities().userAssignedIdentities.get('people', 'app');
    await resources().resourceGroups.delete('people', { updateIntervalInMs: 50 });
    expect(test.cloud.context.directory.find(principalId)).toBeUndefined();
    await expect(identities().userAssignedIdentities.get('people', 'app')).rejects.toMatchObject({
      statusCode: 404,
    });
    const left = test.cloud.context.resources.all().filter((each) => /people/i.test(each.id));
    expect(left).toEqual([]);
  });
});

describe('planned faults', () => {
  it('takes a change on and fails it', async () => {
    await resources().resourceGroups.createOrUpdate('failing', { location: 'westeurope' });
    test.cloud.setFaults([
      {
        kind: 'failed-operation',
        path: 'failing$',
        code: 'NoCapacity',
        count: 1,
        skip: 0,
        message: 'There is no room.',
      },
    ]);
    await expect(
      resources().resourceGroups.delete('failing', { updateIntervalInMs: 50 }),
    ).rejects.toThrow('NoCapacity');
    expect((await resources().resourceGroups.get('failing')).name).toBe('failing');
    await resources().resourceGroups.delete('failing', { updateIntervalInMs: 50 });
  });

  it('answers 429 with Retry-After as often as planned, and loses an answer', async () => {
    const { resourceGroups } = resources();
    test.cloud.setFaults([
      { kind: 'status', status: 429, retryAfterSeconds: 1, count: 1, skip: 0, path: 'busy' },
    ]);
    const busy = resourceGroups.createOrUpdate('busy', { location: 'westeurope' });
    await expect(busy).rejects.toMatchObject({ statusCode: 429 });
    await resourceGroups.createOrUpdate('busy', { location: 'westeurope' });
    test.cloud.setFaults([{ kind: 'lost', method: 'PUT', path: 'lost', count: 1, skip: 0 }]);
    const lost = resourceGroups.createOrUpdate('lost', { location: 'westeurope' });
    await expect(lost).rejects.toThrow();
    expect((await resourceGroups.get('lost')).name).toBe('lost');
  });
});
