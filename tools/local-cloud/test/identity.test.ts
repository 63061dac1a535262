import { ClientSecretCredential } from '@azure/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from './test-cloud.ts';

const now = { value: new Date() };
let test: TestCloud;
let origin: string;
beforeAll(async () => {
  test = await startTestCloud({ clock: () => now.value });
  ({ origin } = test.cloud.addresses);
});
afterAll(() => test.close());

async function token(form: Record<string, string>): Promise<{ status: number; number: number }> {
  const { clientId, clientSecret } = test.cloud.administrator;
  const response = await fetch(`${origin}/${test.cloud.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${origin}//.default`,
      ...form,
    }),
  });
  const body = (await response.json()) as { error_codes?: number[] };
  return { status: response.status, number: body.error_codes?.[0] ?? 0 };
}

describe('sign-in', () => {
  it('refuses with the number that Entra has for each reason', async () => {
    expect(await token({})).toEqual({ status: 200, number: 0 });
    expect(await token({ client_secret: 'wrong' })).toEqual({ status: 401, number: 7000215 });
    expect(await token({ client_secret: '' })).toEqual({ status: 401, number: 7000218 });
    expect(await token({ client_id: crypto.randomUUID() })).toEqual({
      status: 400,
      number: 700016,
    });
    expect(await token({ scope: 'https://example.com/.default' })).toEqual({
      status: 400,
      number: 500011,
    });
    expect(await token({ grant_type: 'password' })).toEqual({ status: 400, number: 70003 });
  });

  it('refuses an expired secret and an expired token', async () => {
    const made = await fetch(`${origin}/_control/service-principals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${test.cloud.controlToken}` },
      body: JSON.stringify({ displayName: 'late', lifetimeDays: -1 }),
    });
    const late = (await made.json()) as { clientId: string; clientSecret: string };
    expect(await token({ client_id: late.clientId, client_secret: late.clientSecret })).toEqual({
      status: 401,
      number: 7000222,
    });
    const { token: access } = await test.credential().getToken(`${origin}/.default`);
    const ask = (): Promise<Response> =>
      fetch(`${origin}/subscriptions?api-version=2022-12-01`, {
        headers: { authorization: `Bearer ${access}` },
      });
    expect((await ask()).status).toBe(200);
    now.value = new Date(now.value.getTime() + 2 * 3_600_000);
    const refused = await ask();
    expect([refused.status, await refused.json()]).toEqual([
      401,
      { error: expect.objectContaining({ code: 'ExpiredAuthenticationToken' }) as unknown },
    ]);
  });

  it('believes no token that it did not sign', async () => {
    const { token: access } = await test.credential().getToken(`${origin}/.default`);
    const [head, body = '', signature] = access.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, oid: 'other' })).toString('base64url');
    const response = await fetch(`${origin}/subscriptions?api-version=2022-12-01`, {
      headers: { authorization: `Bearer ${[head, forged, signature].join('.')}` },
    });
    expect(response.status).toBe(401);
  });

  it('publishes what clients look up before they sign in', async () => {
    const metadata = await fetch(`${origin}/metadata/endpoints?api-version=2022-09-01`);
    expect(await metadata.json()).toMatchObject({
      resourceManager: `${origin}/`,
      authentication: { loginEndpoint: `${origin}/` },
      suffixes: { keyVaultDns: `vault.localhost:${test.cloud.addresses.port}` },
    });
    const { tenantId } = test.cloud;
    const configuration = await fetch(
      `${origin}/${tenantId}/v2.0/.well-known/openid-configuration`,
    );
    const { jwks_uri: keysUrl } = (await configuration.json()) as { jwks_uri: string };
    const keys = (await (await fetch(keysUrl)).json()) as { keys: { kty: string }[] };
    expect(keys.keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256' });
  });

  it('gives no token to an app without the right header', async () => {
    const response = await fetch(
      `${test.cloud.addresses.identityEndpoint}?api-version=2019-08-01&resource=https://vault.azure.net`,
      { headers: { 'x-identity-header': 'guessed' } },
    );
    expect(response.status).toBe(403);
  });

  it('knows principals in the graph, for those who are signed in', async () => {
    const url = `${origin}/graph/v1.0/servicePrincipals`;
    expect((await fetch(url)).status).toBe(401);
    const graph = await test.credential().getToken(`${origin}/graph//.default`);
    const filter = `servicePrincipalNames/any(c:c eq '${test.cloud.administrator.clientId}')`;
    const found = await fetch(`${url}?$filter=${encodeURIComponent(filter)}`, {
      headers: { authorization: `Bearer ${graph.token}` },
    });
    expect(await found.json()).toMatchObject({
      value: [{ id: test.cloud.administrator.objectId, servicePrincipalType: 'Application' }],
    });
  });

  it('is deaf to a tenant that is not its own', async () => {
    const { clientId, clientSecret } = test.cloud.administrator;
    const credential = new ClientSecretCredential(crypto.randomUUID(), clientId, clientSecret, {
      authorityHost: origin,
      disableInstanceDiscovery: true,
    });
    await expect(credential.getToken(`${origin}/.default`)).rejects.toThrow('AADSTS90002');
  });
});
