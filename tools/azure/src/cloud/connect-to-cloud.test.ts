import { describe, expect, it } from 'vitest';
import { connectToCloud } from './connect-to-cloud.ts';

describe('connectToCloud', () => {
  it('finds the cloud by its metadata, signs in, and keeps the token until shortly before its end', async () => {
    const asked: { url: string; body: string }[] = [];
    let now = 0;
    const connection = await connectToCloud({
      metadataHost: 'cloud.test:443',
      tenantId: 'tenant',
      subscriptionId: 'subscription',
      clientId: 'client',
      clientSecret: 'word',
      clock: () => now,
      fetch: (input, init) => {
        const url = input instanceof Request ? input.url : input.toString();
        const { body } = init ?? {};
        asked.push({ url, body: body instanceof URLSearchParams ? body.toString() : '' });
        return Promise.resolve(
          Response.json(
            url.includes('/metadata/')
              ? {
                  authentication: {
                    loginEndpoint: 'https://login.test/',
                    audiences: ['https://arm/'],
                  },
                  resourceManager: 'https://arm.test/',
                }
              : { access_token: `token-${asked.length}`, expires_in: 3600 },
          ),
        );
      },
    });
    expect(connection.endpoint).toBe('https://arm.test');
    const token = async () => (await connection.credential.getToken([]))?.token;
    expect(await token()).toBe('token-2');
    now = 3299_000;
    expect(await token()).toBe('token-2');
    now = 3301_000;
    expect(await token()).toBe('token-3');
    expect(asked[1]).toEqual({
      url: 'https://login.test/tenant/oauth2/v2.0/token',
      body: 'grant_type=client_credentials&client_id=client&client_secret=word&scope=https%3A%2F%2Farm%2F.default',
    });
  });

  it('says who refused the sign-in', async () => {
    const refuse = () => Promise.resolve(new Response('no', { status: 401 }));
    const credentials = { tenantId: 't', subscriptionId: 's', clientId: 'c', clientSecret: 'w' };
    await expect(
      connectToCloud({ metadataHost: 'cloud.test', ...credentials, fetch: refuse }),
    ).rejects.toThrow('https://cloud.test/metadata/endpoints?api-version=2022-09-01 answered 401');
  });
});
