import { describe, expect, it, vi } from 'vitest';
import { checkConfig } from '../src/index.ts';
import { principalId } from './fake-azure.ts';
import { azure, keyOnlyInVault, useFakeAzure, vaultProblemsOf } from './vault-options.ts';

useFakeAzure();

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
    const [problem, ...more] = await vaultProblemsOf({});
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ code: 'CREDENTIAL_REFUSED', key: 'trading_api_key' });
    expect(problem?.retryable).toBe(false);
    expect(problem?.message).toMatch(says);
    expect(problem?.fix).toMatch(mend);
    expect(JSON.stringify(problem)).not.toContain('nobody repeats');
  });

  it('is said once for all secrets, and beside other mistakes', async () => {
    azure.refused.set(principalId, 'AccessDenied');
    const problems = await vaultProblemsOf({
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
    const problems = await vaultProblemsOf(environment);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'CREDENTIAL_REFUSED' });
    expect(problems[0]?.message).toMatch(says);
  });

  it('a managed identity that the app has not', async () => {
    const [problem] = await vaultProblemsOf({
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
    const [problem] = await vaultProblemsOf({ MISPRICED__IDENTITY__KIND: 'developer' });
    expect(problem?.message).toContain('your own sign-in (az, azd or Azure PowerShell)');
    expect(problem?.fix).toContain('az login');
  });

  it('a disabled secret, for that secret alone', async () => {
    azure.secrets.set('trading-api-key', { value: 'key-of-the-vault', enabled: false });
    const [problem] = await vaultProblemsOf({});
    expect(problem?.message).toBe(
      'The secret trading-api-key in the vault mispriced-test is disabled.',
    );
  });

  it('an expired secret, though Azure hands it out', async () => {
    azure.secrets.set('trading-api-key', { value: 'key-of-the-vault', expires: 1_790_000_000 });
    const [problem] = await vaultProblemsOf({});
    expect(problem?.message).toContain('expired on 2026-09-21');
  });

  it('a vault that cannot be reached, which may pass', async () => {
    const problems = await vaultProblemsOf({ MISPRICED__KEY_VAULT__URL: 'http://127.0.0.1:9' });
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
    const [problem] = await vaultProblemsOf({ MISPRICED__KEY_VAULT__TIMEOUT_SECONDS: '1' });
    expect(problem).toMatchObject({ retryable: true });
    expect(problem?.message).toContain('answered within 1 seconds');
  });

  it.each([
    [500, 'answered 500', true],
    [400, 'answered 400', false],
    [401, 'does not accept the token', false],
  ])('a vault that answers %d', async (status, says, retryable) => {
    azure.broken = status;
    const [problem] = await vaultProblemsOf({ MISPRICED__KEY_VAULT__TIMEOUT_SECONDS: '20' });
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
