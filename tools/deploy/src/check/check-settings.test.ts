import type { ReferenceState } from '@mispriced/azure';
import { describe, expect, it } from 'vitest';
import type { OpenVault } from '../azure/deployer-vault.ts';
import { collectConfig } from '../package/collect-config.ts';
import { workspaceFolder } from '../package/workspace.ts';
import { checkSettings } from './check-settings.ts';

const market = {
  MISPRICED__STAGE: 'prod',
  MISPRICED__STORAGE__ACCOUNT_URL: 'https://account.blob.core.windows.net',
  MISPRICED__VENUE__URL: 'https://market.example',
  MISPRICED__VENUE__ACCOUNT_ID: '1',
  MISPRICED__KEY_VAULT__NAME: 'vault',
};

type Listed = Awaited<ReturnType<Awaited<ReturnType<OpenVault>>['list']>>;

async function check(args: {
  settings?: Readonly<Record<string, string>>;
  references?: readonly Omit<ReferenceState, 'activeVersion'>[];
  secrets?: Listed | Error;
  stack?: string;
}) {
  const secrets = args.secrets ?? new Map();
  const asked: string[] = [];
  const { problems, notices, config } = await checkSettings({
    files: await collectConfig(workspaceFolder),
    settings: { ...market, ...args.settings },
    references: args.references ?? [],
    stack: args.stack ?? 'prod',
    openVault: ({ name, url }) => {
      asked.push(`${name} ${url}`);
      return Promise.resolve({
        list: () => (secrets instanceof Error ? Promise.reject(secrets) : Promise.resolve(secrets)),
        read: () => Promise.reject(new Error('no value is asked for')),
      });
    },
  });
  return { problems, notices, asked, config, text: JSON.stringify(problems) };
}

describe('checkSettings', () => {
  it('counts a secret as set once the vault lists it, without asking for its value', async () => {
    const secrets: Listed = new Map([['trading-api-key', null]]);
    const { problems, config, asked } = await check({ secrets });
    expect(problems).toEqual([]);
    expect(config?.stage).toBe('prod');
    expect(asked).toEqual(['vault https://vault.vault.azure.net']);
  });

  it('names a secret that the vault lacks with the command that sets it', async () => {
    const { problems } = await check({});
    expect(problems).toMatchObject([
      {
        check: 'settings',
        message: 'trading_api_key: The venue lendingclub needs it, and no layer sets it.',
        fix: expect.stringContaining(
          'npx mispriced secrets set trading_api_key --stack prod',
        ) as string,
      },
    ]);
  });

  it('names the stack of a preview, not its stage', async () => {
    const { problems } = await check({
      settings: { MISPRICED__STAGE: 'preview', MISPRICED__VENUE__NAME: 'lendingclub' },
      stack: 'pr-12',
    });
    expect(problems[0]?.fix).toContain('npx mispriced secrets set trading_api_key --stack pr-12');
  });

  it.each(['disabled', 'expired'] as const)('names a secret that is %s', async (fault) => {
    const secrets: Listed = new Map([['trading-api-key', fault]]);
    const { text } = await check({ secrets });
    expect(text).toContain(`The secret trading-api-key in the vault vault is ${fault}.`);
    expect(text).toContain('npx mispriced secrets set trading_api_key --stack prod');
  });

  it('says so and goes on where whoever deploys may not list the vault', async () => {
    const { problems, notices } = await check({ secrets: new Error('list is refused.') });
    expect(problems).toEqual([]);
    expect(notices).toEqual(['whether its secrets are all there cannot be told: list is refused.']);
  });

  it.each([
    ['SecretNotFound', 'trading-api-key', 'npx mispriced secrets set trading_api_key --stack prod'],
    ['SecretNotFound', 'storage--connection-string', 'rotate-keys --stack prod'],
    ['SecretNotFound', 'somebody-elses', 'az keyvault secret set --vault-name vault --name some'],
    ['AccessToKeyVaultDenied', 'trading-api-key', 'npx mispriced up --stack prod'],
    ['VaultNotFound', 'trading-api-key', 'npx mispriced up --stack prod'],
  ])('tells what to do of a reference with %s (%s)', async (status, secretName, command) => {
    const name = 'MISPRICED__TRADING_API_KEY';
    const { text } = await check({
      settings: { [name]: `@Microsoft.KeyVault(VaultName=vault;SecretName=${secretName})` },
      references: [{ name, status, vaultName: 'vault', secretName }],
    });
    expect(text).toContain(`Azure says ${status}`);
    expect(text).toContain(command);
  });

  it('takes references that resolve, of numbers and of a vault’s name as well', async () => {
    const reference = (name: string): string =>
      `@Microsoft.KeyVault(VaultName=v;SecretName=${name})`;
    const { problems, asked } = await check({
      settings: {
        MISPRICED__LIMITS__PER_RUN: reference('limits--per-run'),
        MISPRICED__TRADING_API_KEY: reference('trading-api-key'),
        MISPRICED__KEY_VAULT__NAME: reference('key-vault--name'),
        MISPRICED__KEY_VAULT__URL: 'https://vault.vault.azure.net',
      },
      secrets: new Map([['trading-api-key', null]]),
    });
    expect(problems).toEqual([]);
    expect(asked).toEqual(['vault https://vault.vault.azure.net']);
  });
});
