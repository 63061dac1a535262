import { describe, expect, it } from 'vitest';
import { openVaultAccess, readTextsFrom, vaultError } from '../src/index.ts';

const readText = readTextsFrom({
  'config/defaults.yaml': [
    'key_vault:',
    '  keys: []',
    '  cache_seconds: 300',
    '  timeout_seconds: 20',
    'identity:',
    '  kind: developer',
    '',
  ].join('\n'),
  'config/dev.yaml': 'run:\n  mode: perhaps\n',
});
const open = (environment: Record<string, string>) =>
  openVaultAccess({ stage: 'dev', readText, environment });

/** An error as the SDK throws it. */
const answered = (statusCode: number, innerCode?: string): Error =>
  Object.assign(new Error('The SDK’s own words, a-secret-value among them.'), {
    name: 'RestError',
    statusCode,
    details: { error: { innerError: innerCode === undefined ? null : { code: innerCode } } },
  });

describe('the way into the vault', () => {
  it('is found although the rest of the configuration is wrong', async () => {
    const access = await open({ MISPRICED__KEY_VAULT__NAME: 'mp-dev-1' });
    expect(access.vault).toEqual({ name: 'mp-dev-1', url: 'https://mp-dev-1.vault.azure.net' });
    expect(access.identity.description).toContain('your own sign-in');
    expect(access.timeoutSeconds).toBe(20);
  });

  it('is asked for where no vault is configured, and refused where its own settings are wrong', async () => {
    await expect(open({})).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('No vault is configured') as string,
    });
    await expect(open({ MISPRICED__KEY_VAULT__NAME: '-' })).rejects.toMatchObject({
      problems: [{ key: 'key_vault.name' }],
    });
    await expect(open({ MISPRICED__IDENTITY__KIND: 'robot' })).rejects.toMatchObject({
      problems: [{ key: 'identity.kind' }],
    });
  });
});

describe('a vault that refuses', () => {
  const refused = async (
    operation: 'get' | 'set' | 'list',
    thrown: Error,
  ): Promise<{ message: string; fix: string }> => {
    const access = await open({ MISPRICED__KEY_VAULT__NAME: 'mp-dev-1' });
    const secretName = operation === 'list' ? '' : 'trading-api-key';
    const { message, fix, code } = vaultError({ thrown, operation, secretName, access });
    expect(code).toBe('CREDENTIAL_REFUSED');
    expect(message + fix).not.toContain('a-secret-value');
    return { message, fix };
  };

  it.each([
    ['set', 'write the secret trading-api-key', 'the permission `set`'],
    ['list', 'list the secrets in', 'the permission `list`'],
    ['get', 'read the secret trading-api-key', 'the permission `get`'],
  ] as const)('to %s names identity, vault and permission', async (operation, verb, permission) => {
    const { message, fix } = await refused(operation, answered(403, 'AccessDenied'));
    expect(message).toContain(`may not ${verb}`);
    expect(message).toContain('the vault mp-dev-1');
    expect(fix).toContain(permission);
  });

  it.each([
    ['set', 'Key Vault Secrets Officer'],
    ['list', 'Key Vault Secrets User'],
  ] as const)('by role to %s names the role', async (operation, role) => {
    expect((await refused(operation, answered(403, 'ForbiddenByRbac'))).fix).toContain(role);
  });

  it('a name that a deleted secret holds says how to recover it', async () => {
    const { fix } = await refused('set', answered(409, 'ObjectIsDeletedButRecoverable'));
    expect(fix).toContain('az keyvault secret recover --vault-name mp-dev-1');
  });

  it('by not being there says so', async () => {
    expect((await refused('list', answered(404))).message).toContain('is not there');
  });
});
