import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../test-cloud.ts';
import { ensureAz } from './ensure-az.ts';
import { azFor, type RunAz } from './run-az.ts';

/** A client that nobody here wrote: the command line of Azure, with nothing in it changed. */
describe('az', { timeout: 600_000 }, () => {
  let test: TestCloud;
  let run: RunAz;
  const inGroup = ['--resource-group', 'by-az'];
  /** A command that has to succeed, and what it answered. */
  const az = async (...words: string[]): Promise<unknown> => {
    const { code, value, complaint } = await run(words);
    if (code !== 0) throw new Error(`az ${words.slice(0, 3).join(' ')}: ${complaint}`);
    return value;
  };
  const text = (value: unknown, key: string) => String((value as Record<string, unknown>)[key]);

  beforeAll(async () => {
    const python = await ensureAz({
      report: (line) => {
        console.log(line);
      },
    });
    test = await startTestCloud();
    run = await azFor(test.cloud, python);
  }, 1_200_000);
  afterAll(() => test.close());

  it('knows the local cloud by its address alone', async () => {
    const { origin } = test.cloud.addresses;
    await az('cloud', 'register', '--name', 'Double', '--endpoint-resource-manager', origin);
    await az('cloud', 'set', '--name', 'Double');
    const known = await az('cloud', 'show');
    expect(known).toMatchObject({ name: 'Double', endpoints: { activeDirectory: `${origin}/` } });
  });

  it('signs in as a service principal, with its own secret only', async () => {
    const { tenantId, subscriptionId, administrator } = test.cloud;
    const login = (secret: string) => [
      ...['login', '--service-principal', '--tenant', tenantId],
      ...['--username', administrator.clientId, `--password=${secret}`],
    ];
    const refused = await run(login('not-it'));
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.complaint).toContain('AADSTS7000215');
    expect(await az(...login(administrator.clientSecret))).toMatchObject([
      { id: subscriptionId, tenantId, state: 'Enabled' },
    ]);
  });

  it('makes a group', async () => {
    await az('group', 'create', '--name', 'by-az', '--location', 'westeurope');
    const group = await az('group', 'show', '--name', 'by-az');
    expect(group).toMatchObject({
      location: 'westeurope',
      properties: { provisioningState: 'Succeeded' },
    });
    expect(await run(['group', 'show', '--name', 'not-there'])).toMatchObject({
      code: 3,
      complaint: expect.stringContaining('ResourceGroupNotFound') as string,
    });
  });

  it('makes a storage account, and renews one of its keys', async () => {
    const account = ['storage', 'account'];
    const named = ['--name', 'madebyaz', ...inGroup];
    await az(...account, 'create', ...named, '--sku', 'Standard_LRS');
    expect(await az(...account, 'show', ...named)).toMatchObject({
      sku: { name: 'Standard_LRS' },
      provisioningState: 'Succeeded',
    });
    const keysOf = (value: unknown) =>
      (value as { keyName: string; value: string }[]).map((key) => key.value);
    const ofAccount = ['--account-name', 'madebyaz', ...inGroup];
    const before = keysOf(await az(...account, 'keys', 'list', ...ofAccount));
    const renewed = await az(...account, 'keys', 'renew', ...ofAccount, '--key', 'primary');
    const after = keysOf(renewed);
    expect(before).toHaveLength(2);
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(keysOf(await az(...account, 'keys', 'list', ...ofAccount))).toEqual(after);
  });

  it('grants a role, and what needs it is refused until then', async () => {
    const account = text(
      await az('storage', 'account', 'show', '--name', 'madebyaz', ...inGroup),
      'id',
    );
    const container = ['storage', 'container', 'create', '--name', 'files'];
    const byLogin = ['--account-name', 'madebyaz', '--auth-mode', 'login'];
    const refused = await run([...container, ...byLogin]);
    expect(refused.code).toBe(1);
    expect(refused.complaint).toMatch(/permission|AuthorizationPermissionMismatch/);
    const grant = [
      ...['role', 'assignment', 'create', '--role', 'Storage Blob Data Contributor'],
      ...['--assignee', test.cloud.administrator.clientId, '--scope', account],
    ];
    const granted = await az(...grant);
    expect(granted).toMatchObject({ principalId: test.cloud.administrator.objectId });
    // A second time it is told that there is one, which it takes for success.
    expect(text(await az(...grant), 'name')).toBe(text(granted, 'name'));
    const listed = await az('role', 'assignment', 'list', '--scope', account);
    expect(listed).toMatchObject([{ roleDefinitionName: 'Storage Blob Data Contributor' }]);
    await az(...container, ...byLogin);
  });

  it('uploads a blob by that role', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'az-')), 'note.txt');
    await writeFile(file, 'from az');
    const blob = [
      '--account-name',
      'madebyaz',
      '--auth-mode',
      'login',
      '--container-name',
      'files',
    ];
    const named = [...blob, '--name', 'note.txt', '--file'];
    await az('storage', 'blob', 'upload', ...named, file);
    expect((await run(['storage', 'blob', 'upload', ...named, file])).complaint).toContain(
      'BlobAlreadyExists',
    );
    const list = await az('storage', 'blob', 'list', ...blob);
    expect(list).toMatchObject([{ name: 'note.txt', properties: { contentLength: 7 } }]);
  });

  it('keeps a secret in a vault', async () => {
    const { cloud } = test;
    const path = `/subscriptions/${cloud.subscriptionId}/resourceGroups/by-az/providers/Microsoft.KeyVault/vaults/kv-by-az?api-version=2024-11-01`;
    const made = await cloud.request('PUT', path, {
      location: 'westeurope',
      properties: {
        tenantId: cloud.tenantId,
        sku: { family: 'A', name: 'standard' },
        enableRbacAuthorization: false,
        accessPolicies: [
          {
            tenantId: cloud.tenantId,
            objectId: cloud.administrator.objectId,
            permissions: { secrets: ['get', 'set'] },
          },
        ],
      },
    });
    expect(made.status).toBeLessThan(300);
    const named = ['--vault-name', 'kv-by-az', '--name', 'trading-api-key'];
    await az('keyvault', 'secret', 'set', ...named, '--value', 'invented');
    expect(await az('keyvault', 'secret', 'show', ...named)).toMatchObject({ value: 'invented' });
    const refused = await run(['keyvault', 'secret', 'list', '--vault-name', 'kv-by-az']);
    expect(refused.complaint).toContain('does not have secrets list permission');
    expect(await az('keyvault', 'show', '--name', 'kv-by-az')).toMatchObject({ name: 'kv-by-az' });
  });

  it('makes an identity, and grants it a role', async () => {
    const named = ['--name', 'app-by-az', ...inGroup];
    await az('identity', 'create', ...named);
    const identity = await az('identity', 'show', ...named);
    const principal = text(identity, 'principalId');
    expect(principal).toMatch(/^[0-9a-f-]{36}$/);
    const scope = text(await az('group', 'show', '--name', 'by-az'), 'id');
    await az(
      ...['role', 'assignment', 'create', '--role', 'Reader', '--scope', scope],
      ...['--assignee-object-id', principal, '--assignee-principal-type', 'ServicePrincipal'],
    );
    const ofIt = ['role', 'assignment', 'list', '--assignee', principal, '--scope', scope];
    expect(await az(...ofIt)).toMatchObject([
      { principalName: text(identity, 'clientId'), roleDefinitionName: 'Reader' },
    ]);
  });

  it("lists and sets a function app's settings", async () => {
    const { cloud } = test;
    const provider = `/subscriptions/${cloud.subscriptionId}/resourceGroups/by-az/providers`;
    const put = async (path: string, body: object): Promise<void> => {
      const answered = await cloud.request(
        'PUT',
        `${provider}${path}?api-version=2025-05-01`,
        body,
      );
      expect([answered.status < 300, answered.body]).toEqual([true, answered.body]);
    };
    const location = 'westeurope';
    await put('/Microsoft.Web/serverfarms/plan-by-az', {
      location,
      kind: 'functionapp',
      sku: { name: 'FC1', tier: 'FlexConsumption' },
      properties: { reserved: true },
    });
    await put('/Microsoft.Web/sites/app-by-az', {
      location,
      kind: 'functionapp,linux',
      properties: {
        serverFarmId: `${provider}/Microsoft.Web/serverfarms/plan-by-az`,
        functionAppConfig: {
          deployment: {
            storage: {
              type: 'blobContainer',
              value: `${cloud.addresses.hosted('blob', 'madebyaz')}/files`,
              authentication: {
                type: 'StorageAccountConnectionString',
                storageAccountConnectionStringName: 'PACKAGES',
              },
            },
          },
          runtime: { name: 'node', version: '22' },
          scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
        },
      },
    });
    const settings = ['functionapp', 'config', 'appsettings'];
    const named = ['--name', 'app-by-az', ...inGroup];
    await az(...settings, 'set', ...named, '--settings', 'MISPRICED__STAGE=dev', 'OTHER=one two');
    const listed = await az(...settings, 'list', ...named);
    const pairs = (listed as { name: string; value: string }[]).map(({ name, value }) => [
      name,
      value,
    ]);
    expect(Object.fromEntries(pairs)).toMatchObject({ MISPRICED__STAGE: 'dev', OTHER: 'one two' });
  });
});
