import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { SecretClient } from '@azure/keyvault-secrets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignIn } from '../services/identity/sign-in.ts';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

let test: TestCloud;
let vaults: KeyVaultManagementClient['vaults'];
let app: SignIn;
let group: string;
const fast = { updateIntervalInMs: 50 };

beforeAll(async () => {
  test = await startTestCloud();
  group = `/subscriptions/${test.cloud.subscriptionId}/resourceGroups/safe`;
  await test.cloud.request('PUT', `${group}?api-version=2024-03-01`, { location: 'westeurope' });
  const { subscriptionId } = test.cloud;
  vaults = new KeyVaultManagementClient(test.credential(), subscriptionId, test.armOptions).vaults;
  app = test.cloud.createServicePrincipal({ displayName: 'app' });
});
afterAll(() => test.close());

const secrets = (vault: string, who: SignIn = app): SecretClient =>
  new SecretClient(test.cloud.addresses.hosted('vault', vault), test.credential(who), {
    retryOptions: { maxRetries: 0 },
  });

const parameters = (
  more: Record<string, unknown> = {},
): Parameters<typeof vaults.createOrUpdate>[2] => ({
  location: 'westeurope',
  properties: {
    tenantId: test.cloud.tenantId,
    sku: { family: 'A', name: 'standard' },
    enableRbacAuthorization: false,
    accessPolicies: [],
    ...more,
  },
});

describe('vaults, by @azure/arm-keyvault', () => {
  it('makes one whose secrets obey its access policies as they change', async () => {
    const made = await vaults.createOrUpdate('safe', 'kv-one', parameters(), fast);
    expect(made.properties).toMatchObject({
      vaultUri: `${test.cloud.addresses.hosted('vault', 'kv-one')}/`,
      provisioningState: 'Succeeded',
      softDeleteRetentionInDays: 90,
      enableSoftDelete: true,
    });
    await expect(secrets('kv-one').setSecret('a', '1')).rejects.toThrow('secrets set permission');
    const policy = (names: ('get' | 'set' | 'list')[]): object => ({
      properties: {
        accessPolicies: [
          {
            tenantId: test.cloud.tenantId,
            objectId: app.objectId,
            permissions: { secrets: names },
          },
        ],
      },
    });
    const change = (
      operation: 'add' | 'remove',
      names: ('get' | 'set' | 'list')[],
    ): Promise<unknown> =>
      vaults.updateAccessPolicy('safe', 'kv-one', operation, policy(names) as never);
    await change('add', ['set']);
    await secrets('kv-one').setSecret('a', '1');
    await expect(secrets('kv-one').getSecret('a')).rejects.toThrow('secrets get permission');
    await change('add', ['get']);
    expect((await secrets('kv-one').getSecret('a')).value).toBe('1');
    await change('remove', ['get', 'set']);
    await expect(secrets('kv-one').getSecret('a')).rejects.toMatchObject({ statusCode: 403 });
    expect((await vaults.get('safe', 'kv-one')).properties.accessPolicies).toEqual([]);
  });

  it('heeds roles where the vault is under them', async () => {
    await vaults.createOrUpdate(
      'safe',
      'kv-roles',
      parameters({ enableRbacAuthorization: true }),
      fast,
    );
    await expect(secrets('kv-roles').setSecret('a', '1')).rejects.toThrow(
      'Caller is not authorized',
    );
    const id = `${group}/providers/Microsoft.KeyVault/vaults/kv-roles`;
    const role = `/providers/Microsoft.Authorization/roleDefinitions/b86a8fe4-44ce-4948-aee5-eccb2c155cd7`;
    const path = `${id}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}?api-version=2022-04-01`;
    await test.cloud.request('PUT', path, {
      properties: { roleDefinitionId: role, principalId: app.objectId },
    });
    expect((await secrets('kv-roles').setSecret('a', '1')).value).toBe('1');
  });

  it('blocks a deleted name, and gives it back after recovery or purge', async () => {
    await vaults.delete('safe', 'kv-one');
    await expect(secrets('kv-one').getSecret('a')).rejects.toMatchObject({
      code: 'VaultNotFound',
    });
    await expect(vaults.createOrUpdate('safe', 'kv-one', parameters(), fast)).rejects.toMatchObject(
      { statusCode: 409, code: 'ConflictError' },
    );
    const deleted = await vaults.getDeleted('kv-one', 'westeurope');
    expect(deleted.properties?.vaultId).toBe(`${group}/providers/Microsoft.KeyVault/vaults/kv-one`);
    const listed: (string | undefined)[] = [];
    for await (const each of vaults.listDeleted()) listed.push(each.name);
    expect(listed).toEqual(['kv-one']);
    await vaults.createOrUpdate('safe', 'kv-one', parameters({ createMode: 'recover' }), fast);
    await vaults.delete('safe', 'kv-one');
    await vaults.purgeDeleted('kv-one', 'westeurope', fast);
    await vaults.createOrUpdate(
      'safe',
      'kv-one',
      parameters({
        accessPolicies: [
          {
            tenantId: test.cloud.tenantId,
            objectId: app.objectId,
            permissions: { secrets: ['get', 'list'] },
          },
        ],
      }),
      fast,
    );
    await expect(secrets('kv-one').getSecret('a')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('never lets go of purge protection', async () => {
    await vaults.createOrUpdate(
      'safe',
      'kv-kept',
      parameters({ enablePurgeProtection: true }),
      fast,
    );
    await expect(
      vaults.createOrUpdate('safe', 'kv-kept', parameters({ enablePurgeProtection: false }), fast),
    ).rejects.toThrow('irreversible');
    await vaults.delete('safe', 'kv-kept');
    await expect(vaults.purgeDeleted('kv-kept', 'westeurope', fast)).rejects.toThrow(
      'purge protection',
    );
  });

  it('refuses a name, a tenant and a permission that cannot be', async () => {
    await expect(
      vaults.createOrUpdate('safe', 'kv--bad', parameters(), fast),
    ).rejects.toMatchObject({ statusCode: 400, code: 'VaultNameNotValid' });
    const elsewhere = parameters({ tenantId: '99999999-9999-4999-8999-999999999999' });
    await expect(vaults.createOrUpdate('safe', 'kv-two', elsewhere, fast)).rejects.toThrow(
      'tenant ID',
    );
    const odd = parameters({
      accessPolicies: [
        { tenantId: test.cloud.tenantId, objectId: 'x', permissions: { secrets: ['read'] } },
      ],
    });
    await expect(vaults.createOrUpdate('safe', 'kv-two', odd, fast)).rejects.toMatchObject({
      statusCode: 400,
      code: 'InvalidRequestContent',
    });
  });

  it('goes by roles from the version on in which that is the default, and else by policies', async () => {
    const put = async (
      name: string,
      version: string,
      more: Record<string, unknown> = {},
    ): Promise<{ status: number; byRoles: unknown }> => {
      const path = `${group}/providers/Microsoft.KeyVault/vaults/${name}?api-version=${version}`;
      const { location, properties } = parameters();
      const { status, body } = await test.cloud.request('PUT', path, {
        location,
        properties: { tenantId: properties.tenantId, sku: properties.sku, ...more },
      });
      const made = (body as { properties?: Record<string, unknown> }).properties;
      return { status, byRoles: made?.['enableRbacAuthorization'] };
    };
    expect(await put('kv-new', '2026-02-01')).toEqual({ status: 200, byRoles: true });
    // What it is, a later write that says nothing of it does not change.
    expect(await put('kv-new', '2024-11-01')).toEqual({ status: 200, byRoles: true });
    expect((await put('kv-old', '2024-11-01')).status).toBe(400);
    const policies = { accessPolicies: [] };
    expect((await put('kv-old', '2024-11-01', policies)).byRoles).toBe(false);
    expect((await put('kv-old', '2026-02-01', policies)).byRoles).toBe(false);
  });

  it('refuses a policy for what is no object id, and a permission that there is not', async () => {
    const path = `${group}/providers/Microsoft.KeyVault/vaults/kv-odd?api-version=2024-11-01`;
    const { location, properties } = parameters();
    const policy = {
      tenantId: test.cloud.tenantId,
      objectId: 'app',
      permissions: { secrets: ['read'], keys: ['open'], certificates: ['sign'], storage: ['peek'] },
    };
    const { status, body } = await test.cloud.request('PUT', path, {
      location,
      properties: { ...properties, accessPolicies: [policy] },
    });
    expect(status).toBe(400);
    for (const part of ['objectId', 'secrets.0', 'keys.0', 'certificates.0', 'storage.0']) {
      expect(JSON.stringify(body)).toContain(
        `accessPolicies.0.${part === 'objectId' ? '' : 'permissions.'}${part}`,
      );
    }
  });
});
