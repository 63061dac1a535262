import { ManagedServiceIdentityClient } from '@azure/arm-msi';
import { ClientAssertionCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GitHub, type JobArgs, startGitHub } from '@mispriced/testing/github';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

const audience = 'api://AzureADTokenExchange';
const now = { value: new Date() };
const clock = (): Date => now.value;
let test: TestCloud;
let gitHub: GitHub;
let client: ManagedServiceIdentityClient;
let clientId: string;

beforeAll(async () => {
  test = await startTestCloud({ clock });
  gitHub = await startGitHub({ certificateFolder: test.folder, clock });
  const { subscriptionId } = test.cloud;
  await test.cloud.request(
    'PUT',
    `/subscriptions/${subscriptionId}/resourceGroups/g?api-version=2024-11-01`,
    { location: 'westeurope' },
  );
  client = new ManagedServiceIdentityClient(test.credential(), subscriptionId, test.armOptions);
  const identity = await client.userAssignedIdentities.createOrUpdate('g', 'dev', {
    location: 'westeurope',
  });
  clientId = identity.clientId ?? '';
  await client.federatedIdentityCredentials.createOrUpdate('g', 'dev', 'github', {
    issuer: gitHub.issuer,
    subject: 'repo:someone/mispriced:environment:dev',
    audiences: [audience],
  });
});
afterAll(async () => {
  await gitHub.close();
  await test.close();
});

/** What a step of a job asks GitHub for. */
async function identityToken(job: Partial<JobArgs>, wanted = audience): Promise<string> {
  const variables = gitHub.startJob({
    repository: 'someone/mispriced',
    permissions: { 'id-token': 'write' },
    ...job,
  });
  const url = variables['ACTIONS_ID_TOKEN_REQUEST_URL'];
  if (url === undefined) throw new Error('no identity for this job');
  const answer = await fetch(`${url}&audience=${encodeURIComponent(wanted)}`, {
    headers: { authorization: `Bearer ${variables['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? ''}` },
  });
  return ((await answer.json()) as { value: string }).value;
}

function signIn(token: Promise<string>, appId = clientId): Promise<unknown> {
  const { origin } = test.cloud.addresses;
  return new ClientAssertionCredential(test.cloud.tenantId, appId, () => token, {
    authorityHost: origin,
    disableInstanceDiscovery: true,
  }).getToken(`${origin}/.default`);
}

describe("signing in with another issuer's token", () => {
  it('takes the token of the environment that the credential names', async () => {
    expect(await signIn(identityToken({ environment: 'dev' }))).toMatchObject({
      token: expect.stringMatching(/^ey/) as string,
    });
  });

  it.each<[string, Partial<JobArgs>, string]>([
    ['another environment', { environment: 'prod' }, 'AADSTS700213'],
    ['a pull request without one', { event: 'pull_request' }, 'AADSTS700213'],
    ['a branch without one', { ref: 'refs/heads/main' }, 'AADSTS700213'],
    ['a fork', { repository: 'other/mispriced', environment: 'dev' }, 'AADSTS700213'],
    ['another spelling', { repository: 'Someone/mispriced', environment: 'dev' }, 'AADSTS700213'],
  ])('refuses that of %s', async (_what, job, number) => {
    await expect(signIn(identityToken(job))).rejects.toThrow(number);
  });

  it('gives no token to a pull request from a fork, or to a job that did not ask', async () => {
    const wanted = { environment: 'dev' };
    await expect(identityToken({ ...wanted, isFork: true })).rejects.toThrow('no identity');
    await expect(identityToken({ ...wanted, permissions: {} })).rejects.toThrow('no identity');
  });

  it('refuses another audience, an issuer nobody named and an identity without credentials', async () => {
    const dev = { environment: 'dev' };
    await expect(signIn(identityToken(dev, 'api://other'))).rejects.toThrow('AADSTS700212');
    const other = await startGitHub({ certificateFolder: test.folder, clock });
    const ours = gitHub;
    gitHub = other;
    const foreign = await identityToken(dev);
    gitHub = ours;
    await other.close();
    await expect(signIn(Promise.resolve(foreign))).rejects.toThrow('AADSTS700211');
    const bare = await client.userAssignedIdentities.createOrUpdate('g', 'bare', {
      location: 'westeurope',
    });
    await expect(signIn(identityToken(dev), bare.clientId)).rejects.toThrow('AADSTS70025');
  });

  it('refuses a token that was changed, and one whose time is over', async () => {
    const [head = '', body = '', signature = ''] = (
      await identityToken({ environment: 'prod' })
    ).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const forged = { ...claims, sub: 'repo:someone/mispriced:environment:dev' };
    const text = Buffer.from(JSON.stringify(forged)).toString('base64url');
    const token = Promise.resolve([head, text, signature].join('.'));
    await expect(signIn(token)).rejects.toThrow('AADSTS700027');
    const late = await identityToken({ environment: 'dev' });
    const before = now.value;
    now.value = new Date(before.getTime() + 20 * 60_000);
    await expect(signIn(Promise.resolve(late))).rejects.toThrow('AADSTS700024');
    now.value = before;
  });

  it('ends with the credential', async () => {
    await client.federatedIdentityCredentials.createOrUpdate('g', 'bare', 'github', {
      issuer: gitHub.issuer,
      subject: 'repo:someone/mispriced:environment:staging',
      audiences: [audience],
    });
    const { clientId: bareId } = await client.userAssignedIdentities.get('g', 'bare');
    const staging = { environment: 'staging' };
    await signIn(identityToken(staging), bareId);
    await client.federatedIdentityCredentials.delete('g', 'bare', 'github');
    await expect(signIn(identityToken(staging), bareId)).rejects.toThrow('AADSTS70025');
  });
});
