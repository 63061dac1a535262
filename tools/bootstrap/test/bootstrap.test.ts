import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClientAssertionCredential } from '@azure/identity';
import { type LocalCloud, startLocalCloud, trustLocalCloud } from '@mispriced/local-cloud';
import { type GitHub, startGitHub } from '@mispriced/testing/github';
import { ArmClient, connectToCloud } from '@mispriced/azure';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootstrap, type BootstrapRequest } from '../src/index.ts';
import type { BootstrapResult } from '../src/bootstrap.ts';

const repository = 'someone/mispriced';
let folder: string;
let cloud: LocalCloud;
let gitHub: GitHub;
let arm: ArmClient;
let request: BootstrapRequest;
let made: BootstrapResult;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bootstrap-'));
  cloud = await startLocalCloud({ stateFolder: folder });
  cloud.setSettings({ operationSeconds: 0 });
  trustLocalCloud(cloud.certificateFile);
  gitHub = await startGitHub({ certificateFolder: folder });
  const { tenantId, subscriptionId, administrator } = cloud;
  const metadataHost = new URL(cloud.addresses.origin).host;
  const { clientId, clientSecret } = administrator;
  arm = new ArmClient(
    await connectToCloud({ metadataHost, tenantId, subscriptionId, clientId, clientSecret }),
  );
  request = {
    subscriptionId,
    tenantId,
    repository,
    repositoryIds: null,
    location: 'westeurope',
    stages: ['preview', 'dev'],
    resourceGroup: 'mispriced-pipeline',
    issuer: gitHub.issuer,
    vaultSuffix: 'vault.localhost',
    sharesProduction: false,
  };
});
afterAll(async () => {
  await gitHub.close();
  await cloud.close();
  await rm(folder, { recursive: true, force: true });
});

const run = (
  isDryRun: boolean,
  other: Partial<BootstrapRequest> = {},
  report: (line: string) => void = () => undefined,
) =>
  bootstrap({
    request: { ...request, ...other },
    arm,
    isDryRun,
    report,
    sleep: () => Promise.resolve(),
  });
const writes = () =>
  cloud
    .requests()
    .filter(({ service, method }) => service === 'resource-manager' && method !== 'GET').length;
const count = (result: BootstrapResult, done: string) =>
  result.steps.filter((step) => step.done === done).length;

describe('setting a subscription up', () => {
  it('tells what it would make, and makes nothing', async () => {
    const before = writes();
    const told = await run(true);
    expect(writes()).toBe(before);
    // The seven services are registered already.
    expect([count(told, 'created'), count(told, 'unchanged')]).toEqual([26, 7]);
    expect(told.variables).toEqual({});
  });

  it('tells all that it will do before it does any of it, then makes it', async () => {
    const untouched = writes();
    const told: string[] = [];
    const writesWhenTold: number[] = [];
    made = await run(false, {}, (line) => {
      told.push(line);
      writesWhenTold.push(writes());
    });
    expect(count(made, 'created') + count(made, 'changed')).toBe(26);
    const [plan, done] = [told.slice(0, 33), told.slice(33)];
    expect(plan.filter((line) => line.startsWith('is there'))).toHaveLength(7);
    expect(plan.filter((line) => /^will (?:make|change) /.test(line))).toHaveLength(26);
    expect(new Set(writesWhenTold.slice(0, 33))).toEqual(new Set([untouched]));
    expect(done).toHaveLength(26);
    expect(done.filter((line) => !/^(?:made|changed) /.test(line))).toEqual([]);
  });

  it('changes nothing a second time', async () => {
    const before = writes();
    const again = await run(false);
    expect(writes()).toBe(before);
    expect(count(again, 'unchanged')).toBe(33);
    expect(again.variables).toEqual(made.variables);
  });

  it('mends what was changed by hand, and leaves the rest', async () => {
    const account = made.variables['dev']?.['PULUMI_BACKEND_URL']?.split('storage_account=')[1];
    const path = `/subscriptions/${cloud.subscriptionId}/resourceGroups/mispriced-pipeline/providers/Microsoft.Storage/storageAccounts/${account ?? ''}`;
    await cloud.request('PATCH', `${path}?api-version=2024-01-01`, {
      properties: { allowSharedKeyAccess: true },
    });
    const mended = await run(false);
    expect(mended.steps.filter(({ done }) => done !== 'unchanged')).toMatchObject([
      { what: 'storage account', done: 'changed' },
    ]);
    expect((await arm.read(path, '2024-01-01'))?.['properties']).toMatchObject({
      allowSharedKeyAccess: false,
    });
  });

  it('mends a subject that was spelled otherwise than GitHub spells it', async () => {
    const path = `/subscriptions/${cloud.subscriptionId}/resourceGroups/mispriced-pipeline/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mispriced-dev/federatedIdentityCredentials/github-dev`;
    const subject = async () =>
      ((await arm.read(path, '2023-01-31'))?.['properties'] as Record<string, unknown>)['subject'];
    await run(false, { repository: 'Someone/Mispriced' });
    expect(await subject()).toBe('repo:Someone/Mispriced:environment:dev');
    const mended = await run(false);
    expect(mended.steps.filter(({ done }) => done !== 'unchanged')).toMatchObject(
      ['preview', 'dev', 'dev-watch'].map((name) => ({
        what: 'federated credential',
        name: `github-${name}`,
        done: 'changed',
      })),
    );
    expect(await subject()).toBe(`repo:${repository}:environment:dev`);
  });

  it('goes on where it was stopped', async () => {
    const fresh = { resourceGroup: 'second-try' };
    cloud.setFaults([
      {
        kind: 'status',
        service: 'resource-manager',
        method: 'PUT',
        path: '/keys/',
        status: 403,
        skip: 0,
        count: 1,
      },
    ]);
    await expect(run(false, fresh)).rejects.toMatchObject({ code: 'BOOTSTRAP_FAILED' });
    cloud.setFaults([]);
    const result = await run(false, fresh);
    expect(Object.keys(result.variables)).toEqual(['preview', 'dev', 'dev-watch']);
  });

  it('says how GitHub is told, without a secret', () => {
    expect(made.commands).toContain(
      `gh variable set AZURE_CLIENT_ID --repo ${repository} --env dev --body '${made.variables['dev']?.['AZURE_CLIENT_ID'] ?? ''}'`,
    );
    expect(JSON.stringify(made)).not.toContain(cloud.administrator.clientSecret);
  });

  it.each(['staging', 'prod'] as const)(
    'does not put %s beside previews unasked, and tells every mistake',
    async (stage) => {
      const wrong = run(false, { stages: ['preview', stage], repository: 'no-owner' });
      await expect(wrong).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(/repository cannot be.*\n.*nobody has reviewed/) as string,
      });
    },
  );

  it('can name the repository by numbers that nobody can take over', async () => {
    await run(false, { repositoryIds: { owner: '11', repository: '22' }, stages: ['staging'] });
    const credential = await arm.read(
      `/subscriptions/${cloud.subscriptionId}/resourceGroups/mispriced-pipeline/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mispriced-staging/federatedIdentityCredentials/github-staging`,
      '2023-01-31',
    );
    expect(credential?.['properties']).toMatchObject({
      subject: 'repo:someone@11/mispriced@22:environment:staging',
    });
  });
});

describe('what an environment may do', () => {
  const scopes = { arm: () => cloud.addresses.origin, storage: () => 'https://storage.azure.com' };

  /** Signs in as the identity of an environment, with the token of a job of some environment. */
  async function token(
    identity: string,
    of: string,
    scope: keyof typeof scopes,
    from = repository,
  ) {
    const variables = gitHub.startJob({
      repository: from,
      environment: of,
      permissions: { 'id-token': 'write' },
    });
    const answer = await fetch(
      `${variables['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? ''}&audience=api://AzureADTokenExchange`,
      { headers: { authorization: `Bearer ${variables['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''}` } },
    );
    const { value } = (await answer.json()) as { value: string };
    const clientId = made.variables[identity]?.['AZURE_CLIENT_ID'] ?? '';
    const credential = new ClientAssertionCredential(
      cloud.tenantId,
      clientId,
      () => Promise.resolve(value),
      { authorityHost: cloud.addresses.origin, disableInstanceDiscovery: true },
    );
    return (await credential.getToken(`${scopes[scope]()}/.default`)).token;
  }

  async function ask(bearer: string, url: string, method = 'GET', body?: unknown) {
    const answer = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'x-ms-version': '2024-08-04',
        'x-ms-blob-type': 'BlockBlob',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    await answer.arrayBuffer();
    return answer.status;
  }

  const groupUrl = () =>
    `${cloud.addresses.origin}/subscriptions/${cloud.subscriptionId}/resourceGroups/made-by-job?api-version=2024-03-01`;
  const stateUrl = (stage: string) => {
    const account = made.variables['dev']?.['PULUMI_BACKEND_URL']?.split('storage_account=')[1];
    return `${cloud.addresses.hosted('blob', account ?? '')}/state-${stage}/file`;
  };

  it('signs in from its own environment, not from another, nor from a fork', async () => {
    expect(await token('dev', 'dev', 'arm')).toMatch(/^ey/);
    await expect(token('dev', 'preview', 'arm')).rejects.toThrow('AADSTS700213');
    await expect(token('dev', 'dev', 'arm', 'stranger/mispriced')).rejects.toThrow('AADSTS700213');
  });

  it('makes resource groups and writes its own state, and no other', async () => {
    const [manager, storage] = [
      await token('dev', 'dev', 'arm'),
      await token('dev', 'dev', 'storage'),
    ];
    expect(await ask(manager, groupUrl(), 'PUT', { location: 'westeurope' })).toBe(201);
    expect(await ask(storage, stateUrl('dev'), 'PUT', {})).toBe(201);
    expect(await ask(storage, stateUrl('preview'), 'PUT', {})).toBe(403);
    expect(await ask(storage, stateUrl('preview'))).toBe(403);
  });

  it('watches without changing anything', async () => {
    const [manager, storage] = [
      await token('dev-watch', 'dev-watch', 'arm'),
      await token('dev-watch', 'dev-watch', 'storage'),
    ];
    expect(await ask(manager, groupUrl())).toBe(200);
    expect(await ask(manager, groupUrl(), 'PUT', { location: 'westeurope' })).toBe(403);
    expect(await ask(storage, stateUrl('dev'))).toBe(200);
    expect(await ask(storage, stateUrl('dev'), 'PUT', {})).toBe(403);
  });
});
