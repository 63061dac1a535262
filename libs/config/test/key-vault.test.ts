import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { checkConfig, createKeyVaultOpener, loadConfig } from '../src/index.ts';
import { principalId, tenantId } from './fake-azure.ts';
import { azure, keyOnlyInVault, managedId, now, options, useFakeAzure } from './vault-options.ts';

useFakeAzure();

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
      accessToken: 'token-of-a-developer',
      tokenType: 'Bearer',
      tenant: tenantId,
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

  it('is not asked for a connection string where the identity signs in to storage', async () => {
    await loadConfig(
      options({
        MISPRICED__STORAGE__KIND: 'blob',
        MISPRICED__STORAGE__ACCOUNT_URL: 'https://mispriced.blob.core.windows.net',
      }),
    );
    expect(azure.secretsRead).toEqual(['trading-api-key']);
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
