import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretsIn } from '@mispriced/testing';
import { writtenText } from './support/written-text.ts';
import { startLocalSite } from './support/local-site.ts';

const apiKey = 'a key that nobody else has';
const vaultVersion = '2024-11-01';
const roleVersion = '2022-04-01';

interface Outputs {
  readonly appId: string;
  readonly identityClientId: string;
  readonly identityPrincipalId: string;
  readonly keyVaultId: string;
  readonly keyVaultName: string;
  readonly storageAccountId: string;
}

/**
 * The whole path: the real engine brings the environment up in the local cloud, commands write its
 * secrets, and the app's own code reads them as the identity that its settings name.
 */
describe('what the app may reach', { timeout: 600_000 }, () => {
  let site: Awaited<ReturnType<typeof startLocalSite>>;
  let outputs: Outputs;
  let hybrid: { objectId: string; clientId: string; clientSecret: string };

  beforeAll(async () => {
    site = await startLocalSite();
    hybrid = site.cloud.createServicePrincipal({ displayName: 'hybrid' });
  });
  afterAll(() => site.close());

  async function up(config: Readonly<Record<string, string>> = {}): Promise<void> {
    const settings = Object.entries(config).flatMap(([key, value]) => [
      '--config',
      `${key}=${value}`,
    ]);
    const result = await site.runJson(['up', '--stack', 'local', ...settings]);
    ({ outputs } = result as { outputs: Outputs });
  }
  const setSecret = (key: string, value: string): Promise<unknown> =>
    site.runJson(['secrets', 'set', key, '--stack', 'local'], `${value}\n`);

  /** Takes away what a principal may do with secrets, behind Pulumi's back. */
  async function removePolicy(objectId: string): Promise<void> {
    const { tenantId } = site.cloud;
    const permissions = { secrets: ['get', 'list'] };
    await site.arm('PUT', `${outputs.keyVaultId}/accessPolicies/remove`, vaultVersion, {
      properties: { accessPolicies: [{ tenantId, objectId, permissions }] },
    });
  }
  /** Takes away a principal's roles on a resource itself. */
  async function removeRoles(scope: string, principalId: string): Promise<void> {
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments`;
    const { value } = (await site.arm('GET', path, roleVersion)) as {
      value: { id: string; properties: { principalId: string; scope: string } }[];
    };
    const own = value.filter(
      ({ properties }) =>
        properties.principalId === principalId &&
        properties.scope.toLowerCase() === scope.toLowerCase(),
    );
    expect(own.length).toBeGreaterThan(0);
    for (const { id } of own) await site.arm('DELETE', id, roleVersion);
  }

  /** What has to be done about a refusal of blobs: whom to grant what. */
  const blobRole = (clientId: string, objectId: string): string =>
    `Grant the identity with client id ${clientId} and object id ${objectId} the role Storage Blob Data Contributor`;

  describe('by its managed identity', () => {
    it('is complete once the key is set', async () => {
      await up();
      const missing = await site.readAsApp();
      expect(missing.error?.message).toContain('trading_api_key');
      await setSecret('trading_api_key', apiKey);
      expect(await site.readAsApp()).toEqual({
        key: apiKey,
        keyFrom: 'key-vault',
        identity: 'managed',
        venue: site.cloud.serviceUrls['market'],
        blob: 'written by the app',
      });
    });

    it('is refused its secrets without its access policy, and told what to grant', async () => {
      await removePolicy(outputs.identityPrincipalId);
      const { error } = await site.readAsApp();
      expect(error?.code).toBe('CREDENTIAL_REFUSED');
      expect(error?.message).toContain(
        `the managed identity with client id ${outputs.identityClientId} may not read the secret trading-api-key in the vault ${outputs.keyVaultName}`,
      );
      expect(error?.fix).toBe(
        `Give the managed identity with client id ${outputs.identityClientId} the permission \`get\` on secrets in an access policy of the vault ${outputs.keyVaultName}; \`pulumi up\` sets it.`,
      );
    });

    it('is refused its blobs without its role, and told which', async () => {
      await up();
      expect((await site.readAsApp()).blob).toBe('written by the app');
      await removeRoles(outputs.storageAccountId, outputs.identityPrincipalId);
      const { error } = await site.readAsApp();
      expect(error?.code).toBe('STORE_UNAVAILABLE');
      expect(error?.fix).toContain(blobRole(outputs.identityClientId, outputs.identityPrincipalId));
    });

    it('gets both back by `up`, and by roles as well as by policies', async () => {
      await up({ keyVaultAccess: 'rbac' });
      expect(await site.readAsApp()).toMatchObject({ key: apiKey, blob: 'written by the app' });
      await removeRoles(outputs.keyVaultId, outputs.identityPrincipalId);
      const { error } = await site.readAsApp();
      expect(error?.fix).toContain(
        `the role "Key Vault Secrets User" on the vault ${outputs.keyVaultName}`,
      );
      await up({ keyVaultAccess: 'policies' });
    });
  });

  describe('by reference', () => {
    it('has the key in its environment', async () => {
      await up({ secretsDelivery: 'reference', referencedSecrets: 'trading-api-key' });
      expect(await site.readAsApp()).toMatchObject({
        key: apiKey,
        keyFrom: 'environment',
        identity: 'managed',
        blob: 'written by the app',
      });
    });

    it('is told that a reference was not resolved, and what to check', async () => {
      await removePolicy(outputs.identityPrincipalId);
      await site.refresh(outputs.appId);
      const { error } = await site.readAsApp();
      expect(error?.message).toContain(
        `not resolved (vault ${outputs.keyVaultName}, secret trading-api-key)`,
      );
      expect(error?.fix).toContain('may `get` secrets there');
    });

    it('is refused its blobs without its role, and told of its vault where roles decide', async () => {
      await up({ keyVaultAccess: 'rbac' });
      await site.refresh(outputs.appId);
      expect(await site.readAsApp()).toMatchObject({ keyFrom: 'environment', key: apiKey });
      await removeRoles(outputs.storageAccountId, outputs.identityPrincipalId);
      const blobs = (await site.readAsApp()).error;
      expect(blobs?.fix).toContain(blobRole(outputs.identityClientId, outputs.identityPrincipalId));
      await removeRoles(outputs.keyVaultId, outputs.identityPrincipalId);
      await site.refresh(outputs.appId);
      const { error } = await site.readAsApp();
      expect(error?.message).toContain(
        `not resolved (vault ${outputs.keyVaultName}, secret trading-api-key)`,
      );
      expect(error?.fix).toContain('may `get` secrets there');
    });
  });

  describe('by the service principal of the hybrid way', () => {
    it('signs in as what its references say', async () => {
      await up({
        keyVaultAccess: 'policies',
        secretsDelivery: 'hybrid',
        referencedSecrets: '',
        hybridPrincipalObjectId: hybrid.objectId,
      });
      await setSecret('identity.client_id', hybrid.clientId);
      await setSecret('identity.client_secret', hybrid.clientSecret);
      await setSecret('identity.tenant_id', site.cloud.tenantId);
      await setSecret('key_vault.name', outputs.keyVaultName);
      await site.refresh(outputs.appId);
      expect(await site.readAsApp()).toMatchObject({
        key: apiKey,
        keyFrom: 'key-vault',
        identity: 'service-principal',
        blob: 'written by the app',
      });
    });

    it('is refused its blobs without its role', async () => {
      await removeRoles(outputs.storageAccountId, hybrid.objectId);
      const { error } = await site.readAsApp();
      expect(error?.fix).toContain(blobRole(hybrid.clientId, hybrid.objectId));
    });

    it('is refused its secrets without its access policy', async () => {
      await removePolicy(hybrid.objectId);
      const { error } = await site.readAsApp();
      expect(error?.fix).toContain(
        `Give the service principal ${hybrid.clientId} of tenant ${site.cloud.tenantId} the permission \`get\``,
      );
    });

    it('is refused its secrets without its role, where roles decide', async () => {
      await up({ keyVaultAccess: 'rbac' });
      await site.refresh(outputs.appId);
      expect(await site.readAsApp()).toMatchObject({ key: apiKey, keyFrom: 'key-vault' });
      await removeRoles(outputs.keyVaultId, hybrid.objectId);
      const { error } = await site.readAsApp();
      expect(error?.fix).toContain(
        `the role "Key Vault Secrets User" on the vault ${outputs.keyVaultName}`,
      );
    });
  });

  it('is nowhere in what the commands wrote or printed', async () => {
    const { keys } = (await site.arm(
      'POST',
      `${outputs.storageAccountId}/listKeys`,
      '2024-01-01',
    )) as { keys: { value: string }[] };
    const secrets = [apiKey, hybrid.clientSecret, site.cloud.administrator.clientSecret];
    secrets.push(...keys.map(({ value }) => value));
    expect(secrets).toHaveLength(5);
    const written = await writtenText(site.stateFolder);
    expect(written.includes('mispriced-local')).toBe(true);
    expect(secretsIn(written, secrets)).toEqual([]);
    const printed = site.said.join('\n');
    expect(printed.includes(outputs.keyVaultName)).toBe(true);
    expect(secretsIn(printed, secrets)).toEqual([]);
  });
});
