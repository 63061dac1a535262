import { KeyVaultManagementClient } from '@azure/arm-keyvault';
import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

let test: TestCloud;
let vaults: KeyVaultManagementClient;
let roles: AuthorizationManagementClient;
const place = ['g', 'kv-keys'] as const;
const cryptoUser = '12338af0-0e69-4776-bea7-57ae8d297424';

beforeAll(async () => {
  test = await startTestCloud();
  const { subscriptionId, tenantId } = test.cloud;
  const group = `/subscriptions/${subscriptionId}/resourceGroups/g?api-version=2024-11-01`;
  await test.cloud.request('PUT', group, { location: 'westeurope' });
  vaults = new KeyVaultManagementClient(test.credential(), subscriptionId, test.armOptions);
  roles = new AuthorizationManagementClient(test.credential(), subscriptionId, test.armOptions);
  await vaults.vaults.createOrUpdate(...place, {
    location: 'westeurope',
    properties: {
      tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: true,
      softDeleteRetentionInDays: 7,
    },
  });
});
afterAll(() => test.close());

const make = (name: string) =>
  vaults.keys.createIfNotExist(...place, name, {
    properties: { kty: 'RSA', keySize: 2048, keyOps: ['encrypt', 'decrypt'] },
  });

describe('keys of a vault', () => {
  it('are made by the resource manager once, and never given out', async () => {
    const key = await make('state');
    expect(key).toMatchObject({ kty: 'RSA', keySize: 2048, keyOps: ['encrypt', 'decrypt'] });
    expect(key.keyUri).toBe(`${test.cloud.addresses.hosted('vault', 'kv-keys')}/keys/state`);
    const again = await make('state');
    expect(again.keyUriWithVersion).toBe(key.keyUriWithVersion);
    expect(JSON.stringify(await vaults.keys.get(...place, 'state'))).not.toContain('PRIVATE');
  });

  it('are used by who has a role on that one key, and by nobody else', async () => {
    const [mine, other] = [await make('mine'), await make('other')];
    const user = test.cloud.createServicePrincipal({ displayName: 'user' });
    const cipher = (id: string | undefined) =>
      new CryptographyClient(id ?? '', test.credential(user), {
        disableChallengeResourceVerification: true,
      });
    const message = Buffer.from('state');
    const open = (keyId: string | undefined, ciphertext: Uint8Array) =>
      cipher(keyId).decrypt({ algorithm: 'RSA-OAEP-256', ciphertext });
    await expect(open(mine.keyUriWithVersion, message)).rejects.toMatchObject({ statusCode: 403 });
    await roles.roleAssignments.create(mine.id ?? '', crypto.randomUUID(), {
      principalId: user.objectId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: `/subscriptions/${test.cloud.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${cryptoUser}`,
    });
    const sealed = await cipher(mine.keyUriWithVersion).encrypt({
      algorithm: 'RSA-OAEP-256',
      plaintext: message,
    });
    const opened = await open(mine.keyUriWithVersion, sealed.result);
    expect(Buffer.from(opened.result).toString()).toBe('state');
    await expect(open(other.keyUriWithVersion, sealed.result)).rejects.toMatchObject({
      code: 'Forbidden',
    });
    await expect(open(mine.keyUriWithVersion, message)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('have versions, and survive their vault being deleted and recovered', async () => {
    const owner = test.cloud.createServicePrincipal({ displayName: 'owner' });
    const vault = await vaults.vaults.get(...place);
    const officer = '14b46e9e-c2b7-41b4-b07b-48a6ebf60603';
    await roles.roleAssignments.create(vault.id ?? '', crypto.randomUUID(), {
      principalId: owner.objectId,
      principalType: 'ServicePrincipal',
      roleDefinitionId: `/subscriptions/${test.cloud.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${officer}`,
    });
    const client = new KeyClient(
      test.cloud.addresses.hosted('vault', 'kv-keys'),
      test.credential(owner),
      { disableChallengeResourceVerification: true },
    );
    const first = await client.createRsaKey('twice');
    const second = await client.createRsaKey('twice');
    expect(second.properties.version).not.toBe(first.properties.version);
    expect((await client.getKey('twice')).properties.version).toBe(second.properties.version);
    await expect(client.getKey('absent')).rejects.toMatchObject({ code: 'KeyNotFound' });
    const listed: (string | undefined)[] = [];
    for await (const each of client.listPropertiesOfKeys()) listed.push(each.name);
    expect(listed).toContain('twice');
    await vaults.vaults.delete(...place);
    await vaults.vaults.createOrUpdate(...place, {
      location: 'westeurope',
      properties: {
        tenantId: test.cloud.tenantId,
        sku: { family: 'A', name: 'standard' },
        createMode: 'recover',
      },
    });
    expect((await vaults.keys.get(...place, 'twice')).keyUriWithVersion).toBe(second.id);
    const names: (string | undefined)[] = [];
    for await (const each of vaults.keys.list(...place)) names.push(each.name);
    expect(names).toEqual(expect.arrayContaining(['state', 'twice']));
  });
});
