import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  checkConfig,
  createKeyVaultOpener,
  loadConfig,
  type ConfigProblem,
  type LoadConfigOptions,
} from '../src/index.ts';
import {
  FakeAzure,
  managedIdentityHeader,
  principalId,
  principalSecret,
  tenantId,
} from './fake-azure.ts';
import { marketEnvironment, textsWith } from './texts.ts';

const azure = new FakeAzure();
const managedId = '33333333-4444-5555-6666-777777777777';
const now = new Date('2026-11-02T15:25:03Z');

// Once for the whole file: the SDK keeps the first managed-identity endpoint of its process.
beforeAll(() => azure.start());
afterAll(() => azure.stop());

beforeEach(() => {
  azure.secrets.clear();
  azure.refused.clear();
  azure.managedIdentities.clear();
  azure.seen.length = 0;
  Object.assign(azure, { broken: null, silent: false, mostAtOnce: 0 });
  azure.secrets.set('trading-api-key', { value: 'key-of-the-vault' });
  vi.stubEnv('IDENTITY_ENDPOINT', `${azure.url}/msi/token`);
  vi.stubEnv('IDENTITY_HEADER', managedIdentityHeader);
});

afterEach(() => {
  vi.unstubAllEnvs();
});

const principal = () => ({
  MISPRICED__IDENTITY__KIND: 'service-principal',
  MISPRICED__IDENTITY__CLIENT_ID: principalId,
  MISPRICED__IDENTITY__TENANT_ID: tenantId,
  MISPRICED__IDENTITY__CLIENT_SECRET: principalSecret,
  MISPRICED__IDENTITY__AUTHORITY_URL: azure.url,
});

const options = (environment: Record<string, string> = {}): LoadConfigOptions => ({
  stage: 'staging',
  readText: textsWith({}),
  environment: {
    ...marketEnvironment,
    MISPRICED__KEY_VAULT__NAME: 'mispriced-test',
    MISPRICED__KEY_VAULT__URL: azure.url,
    MISPRICED__KEY_VAULT__TIMEOUT_SECONDS: '5',
    ...principal(),
    ...environment,
  },
  now: () => now,
});

/** The same where nobody but the vault has the market's key. */
const keyOnlyInVault = (
  environment: Record<string, string | undefined> = {},
): LoadConfigOptions => {
  const all = options();
  return {
    ...all,
    environment: { ...all.environment, MISPRICED__TRADING_API_KEY: undefined, ...environment },
  };
};

const problemsOf = async (environment: Record<string, string>): Promise<readonly ConfigProblem[]> =>
  (await checkConfig(options(environment))).problems;

describe('Key Vault, through the official SDKs', () => {
  it('gives secrets to a service principal, above the environment', async () => {
    const config = await loadConfig(options());
    expect(config.get('trading_api_key')?.reveal()).toBe('key-of-the-vault');
    expect(config.explain().find((each) => each.key === 'trading_api_key')).toEqual({
      key: 'trading_api_key',
      value: '***',
      secret: true,
      source: { layer: 'key-vault', where: 'secret trading-api-key in the vault mispriced-test' },
      overruled: [{ layer: 'environment', where: 'MISPRICED__TRADING_API_KEY' }],
    });
  });

  it('is asked as the REST API has it: first without a token, then with one', async () => {
    await loadConfig(options());
    const requests = azure.seen.filter((request) => request.path.startsWith('/secrets/'));
    expect(requests.map(({ method, path, bearer }) => ({ method, path, bearer }))).toEqual([
      { method: 'GET', path: '/secrets/trading-api-key/', bearer: null },
      { method: 'GET', path: '/secrets/trading-api-key/', bearer: `token-of-${principalId}` },
    ]);
    expect(requests.map((request) => request.query.get('api-version'))).toEqual([
      '2025-07-01',
      '2025-07-01',
    ]);
  });

  it('gives secrets to the app’s managed identity', async () => {
    azure.managedIdentities.add(managedId);
    const config = await loadConfig(
      options({
        MISPRICED__IDENTITY__KIND: 'managed',
        MISPRICED__IDENTITY__CLIENT_ID: managedId,
      }),
    );
    expect(config.values.tradingApiKey?.reveal()).toBe('key-of-the-vault');
    expect(azure.seen.some((request) => request.bearer === `token-of-${managedId}`)).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('gives secrets to a signed-in developer', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mispriced-az-'));
    const answer = JSON.stringify({
      ...{ accessToken: 'token-of-a-developer', tokenType: 'Bearer', tenant: tenantId },
      expires_on: Math.floor(Date.now() / 1000) + 3600,
    });
    await writeFile(
      join(folder, 'az'),
      `#!/bin/sh\necho "$@" > ${folder}/asked\necho '${answer}'\n`,
    );
    await chmod(join(folder, 'az'), 0o755);
    vi.stubEnv('PATH', `${folder}:/usr/bin:/bin`);
    const config = await loadConfig(options({ MISPRICED__IDENTITY__KIND: 'developer' }));
    expect(config.values.tradingApiKey?.reveal()).toBe('key-of-the-vault');
    expect(await readFile(join(folder, 'asked'), 'utf8')).toContain(
      'get-access-token --output json --resource https://vault.azure.net',
    );
    await rm(folder, { recursive: true });
  });

  it('is asked for what the settings call for, and for nothing else, in parallel', async () => {
    azure.secrets.set('secrets--vendor-url', { value: 'https://data.example.com/?api_key=abcdef' });
    azure.secrets.set('storage--connection-string', { value: 'UseDevelopmentStorage=true' });
    azure.secrets.set('limits--per-run', { value: '50' });
    azure.secrets.set('limits--per-group', { value: '{"36": "25.00"}' });
    azure.secrets.set('limits--per-order', { value: '1.00' });
    const config = await loadConfig(
      options({
        MISPRICED__STORAGE__KIND: 'blob',
        MISPRICED__OWN_DATA: '[{"name": "a", "format": "csv", "url_secret": "vendor_url"}]',
        MISPRICED__KEY_VAULT__KEYS: '["limits.per_run", "limits.per_group"]',
      }),
    );
    expect(azure.secretsRead.toSorted()).toEqual([
      'limits--per-group',
      'limits--per-run',
      'secrets--vendor-url',
      'storage--connection-string',
      'trading-api-key',
    ]);
    expect(azure.mostAtOnce).toBe(5);
    expect(config.get('limits.per_run')).toBe('50.00');
    expect(config.get('limits.per_group')).toEqual({ '36': '25.00' });
    expect(config.get('limits.per_order')).toBe('25.00');
    expect(config.get('secrets.vendor_url')?.reveal()).toContain('api_key=abcdef');
  });

  it('is not asked at all where the settings call for no secret', async () => {
    await loadConfig(
      keyOnlyInVault({
        MISPRICED__VENUE__NAME: 'replay',
        MISPRICED__VENUE__LISTING: 'listing.json',
      }),
    );
    expect(azure.seen).toEqual([]);
  });

  it('may lack a secret that another layer has, and is told of one that none has', async () => {
    azure.secrets.clear();
    expect((await loadConfig(options())).values.tradingApiKey?.reveal()).toBe(
      'key-of-the-environment',
    );
    const [problem, ...more] = (await checkConfig(keyOnlyInVault())).problems;
    expect(more).toEqual([]);
    expect(problem?.key).toBe('trading_api_key');
    expect(problem?.message).toBe('The venue lendingclub needs it, and no layer sets it.');
    expect(problem?.fix).toContain('npx mispriced secrets set trading_api_key --stack staging');
  });

  it('keeps secrets for their lifetime, and asks again after it', async () => {
    let time = now.getTime();
    const clock = () => new Date(time);
    const keyVault = createKeyVaultOpener({ now: clock });
    const load = () =>
      loadConfig({ ...options({ MISPRICED__KEY_VAULT__CACHE_SECONDS: '60' }), keyVault });
    await Promise.all([load(), load()]);
    expect(azure.secretsRead).toHaveLength(1);
    azure.secrets.set('trading-api-key', { value: 'a-new-key' });
    time += 59_000;
    expect((await load()).values.tradingApiKey?.reveal()).toBe('key-of-the-vault');
    time += 2_000;
    expect((await load()).values.tradingApiKey?.reveal()).toBe('a-new-key');
    expect(azure.secretsRead).toHaveLength(2);
  });

  it('counts a secret that was set after it had been missing at once', async () => {
    azure.secrets.clear();
    const keyVault = createKeyVaultOpener({ now: () => now });
    await loadConfig({ ...options(), keyVault });
    azure.secrets.set('trading-api-key', { value: 'just-set' });
    const config = await loadConfig({ ...options(), keyVault });
    expect(config.values.tradingApiKey?.reveal()).toBe('just-set');
  });

  it('says when a secret is about to expire', async () => {
    const expires = Date.parse('2026-11-10T00:00:00Z') / 1000;
    azure.secrets.set('trading-api-key', { value: 'key-of-the-vault', expires });
    expect((await loadConfig(options())).notices).toEqual([
      'The secret trading-api-key in the vault mispriced-test expires on 2026-11-10; write a new version before.',
    ]);
  });

  it('can be left unread, to check all the rest', async () => {
    const config = await loadConfig({ ...keyOnlyInVault(), keyVault: 'not-read' });
    expect(azure.seen).toEqual([]);
    expect(config.get('trading_api_key')).toBeUndefined();
    expect(config.explain().find((each) => each.key === 'trading_api_key')).toMatchObject({
      value: null,
      source: { where: 'secret trading-api-key in the vault mispriced-test' },
    });
  });
});

describe('Key Vault, refused', () => {
  it.each([
    [
      'AccessDenied',
      /the service principal .* may not read the secret trading-api-key in the vault mispriced-test: it lacks the permission `get` on secrets \(AccessDenied\)/,
      /Give the service principal .* the permission `get` on secrets in an access policy/,
    ],
    [
      'ForbiddenByRbac',
      /lacks the data action secrets\/getSecret \(ForbiddenByRbac\)/,
      /the role "Key Vault Secrets User" on the vault mispriced-test/,
    ],
    [
      'ForbiddenByFirewall',
      /The network rules of the vault mispriced-test let no request from here in/,
      /outbound addresses/,
    ],
  ] as const)('%s names vault, secret, identity and what is missing', async (code, says, mend) => {
    azure.refused.set(principalId, code);
    const [problem, ...more] = await problemsOf({});
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'CREDENTIAL_REFUSED', key: 'trading_api_key' });
    expect(problem?.retryable).toBe(false);
    expect(problem?.message).toMatch(says);
    expect(problem?.fix).toMatch(mend);
    expect(JSON.stringify(problem)).not.toContain('nobody repeats');
  });

  it('is said once for all secrets, and beside other mistakes', async () => {
    azure.refused.set(principalId, 'AccessDenied');
    const problems = await problemsOf({
      MISPRICED__STORAGE__KIND: 'blob',
      MISPRICED__RUN__MODE: 'lve',
    });
    expect(problems.map((each) => [each.code, each.key])).toEqual([
      ['CREDENTIAL_REFUSED', 'trading_api_key'],
      ['CONFIG_INVALID', 'run.mode'],
    ]);
  });

  it.each([
    [
      'a wrong client secret',
      { MISPRICED__IDENTITY__CLIENT_SECRET: 'not-the-secret-at-all' },
      /its client secret is not valid \(AADSTS7000215\)/,
    ],
    [
      'an expired client secret',
      { MISPRICED__IDENTITY__CLIENT_SECRET: 'expired-principal-secret' },
      /its client secret has expired \(AADSTS7000222\)/,
    ],
    [
      'an unknown application',
      { MISPRICED__IDENTITY__CLIENT_ID: '99999999-4444-5555-6666-777777777777' },
      /the tenant has no application with that client id \(AADSTS700016\)/,
    ],
    [
      'a vault of another tenant',
      { MISPRICED__IDENTITY__TENANT_ID: '99999999-4444-5555-6666-777777777777' },
      /the vault is of another tenant/,
    ],
  ])('a service principal with %s', async (_, environment, says) => {
    const problems = await problemsOf(environment);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'CREDENTIAL_REFUSED' });
    expect(problems[0]?.message).toMatch(says);
  });

  it('a managed identity that the app has not', async () => {
    const [problem] = await problemsOf({
      MISPRICED__IDENTITY__KIND: 'managed',
      MISPRICED__IDENTITY__CLIENT_ID: '44444444-4444-5555-6666-777777777777',
    });
    expect(problem?.message).toContain(
      'the managed identity with client id 44444444-4444-5555-6666-777777777777 could not sign in',
    );
    expect(problem?.fix).toContain('assign that identity to the app');
  });

  it('a developer who is not signed in', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const [problem] = await problemsOf({ MISPRICED__IDENTITY__KIND: 'developer' });
    expect(problem?.message).toContain('your own sign-in (az, azd or Azure PowerShell)');
    expect(problem?.fix).toContain('az login');
  });

  it('a disabled secret, for that secret alone', async () => {
    azure.secrets.set('trading-api-key', { value: 'key-of-the-vault', enabled: false });
    const [problem] = await problemsOf({});
    expect(problem?.message).toBe(
      'The secret trading-api-key in the vault mispriced-test is disabled.',
    );
  });

  it('an expired secret, though Azure hands it out', async () => {
    azure.secrets.set('trading-api-key', { value: 'key-of-the-vault', expires: 1_790_000_000 });
    const [problem] = await problemsOf({});
    expect(problem?.message).toContain('expired on 2026-09-21');
  });

  it('a vault that cannot be reached, which may pass', async () => {
    const problems = await problemsOf({ MISPRICED__KEY_VAULT__URL: 'http://127.0.0.1:9' });
    expect(problems).toMatchObject([
      {
        code: 'CREDENTIAL_REFUSED',
        retryable: true,
        message: 'The vault mispriced-test (http://127.0.0.1:9) cannot be reached (ECONNREFUSED).',
      },
    ]);
  });

  it('a vault that does not answer', async () => {
    azure.silent = true;
    const [problem] = await problemsOf({ MISPRICED__KEY_VAULT__TIMEOUT_SECONDS: '1' });
    expect(problem).toMatchObject({ retryable: true });
    expect(problem?.message).toContain('answered within 1 seconds');
  });

  it.each([
    [500, 'answered 500', true],
    [400, 'answered 400', false],
    [401, 'does not accept the token', false],
  ])('a vault that answers %d', async (status, says, retryable) => {
    azure.broken = status;
    const [problem] = await problemsOf({ MISPRICED__KEY_VAULT__TIMEOUT_SECONDS: '20' });
    expect(problem).toMatchObject({ retryable });
    expect(problem?.message).toContain(says);
  });

  it('is not asked while its own settings are wrong, and what it holds is not missed then', async () => {
    const { problems } = await checkConfig(
      keyOnlyInVault({ MISPRICED__IDENTITY__CLIENT_ID: 'the-name-of-the-app' }),
    );
    expect(problems.map((each) => each.key)).toEqual(['identity.client_id']);
    expect(azure.seen).toEqual([]);
  });
});
