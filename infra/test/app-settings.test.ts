import { fileURLToPath } from 'node:url';
import { checkConfig, environmentName, keyVaultSecretName, readTextsIn } from '@mispriced/config';
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../policy/rules.ts';
import { settingNameOf } from '../src/components/app-settings.ts';
import { recordProgram } from './record-program.ts';
import { pairwiseCases, settingsOf } from './stack-kinds.ts';

const workspaceRoot = fileURLToPath(new URL('../..', import.meta.url));

const market = { venueUrl: 'https://api.example.com/v1', venueAccountId: '70001' };

/** What the platform would put in the place of a reference. */
const resolved: Record<string, string> = {
  'identity--client-id': '66666666-6666-6666-6666-666666666666',
  'identity--client-secret': 'invented',
  'identity--tenant-id': '77777777-7777-7777-7777-777777777777',
  'key-vault--name': 'mp-dev-0a1b2c3d',
  'storage--connection-string': 'invented',
  'trading-api-key': 'invented',
};

describe('the settings that an app is given', () => {
  it.each(pairwiseCases)('are a sound configuration: $stackName $config', async (one) => {
    const replays = one.stackName === 'dev' || one.stackName.startsWith('pr-');
    const settings = settingsOf(one.stackName, { ...(!replays && market), ...one.config });
    const { resources } = await recordProgram(settings);
    const given = resources.find(({ type }) => type.endsWith(':WebAppApplicationSettings'));
    const properties = given?.props['properties'] as Record<string, string>;
    const environment = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => {
        const secretName = /\/secrets\/([a-z-]+)\)$/.exec(value)?.[1];
        return [name, secretName === undefined ? value : (resolved[secretName] ?? '')];
      }),
    );
    const { problems } = await checkConfig({
      stage: settings.stack.kind,
      readText: readTextsIn(workspaceRoot),
      environment,
      keyVault: 'not-read',
    });
    expect(problems).toEqual([]);
  });

  it('are complete for the local cloud, market and sign-in included', async () => {
    const settings = settingsOf('local', {
      venueUrl: 'http://127.0.0.1:8700',
      venueAccountId: '70001',
      authorityUrl: 'https://localhost:8701',
      secretsDelivery: 'hybrid',
      hybridPrincipalObjectId: 'aaaaaaaa-0000-4000-8000-000000000002',
    });
    const { resources, outputs } = await recordProgram(settings);
    const given = resources.find(({ type }) => type.endsWith(':WebAppApplicationSettings'));
    expect(given?.props['properties']).toMatchObject({
      MISPRICED__VENUE__URL: 'http://127.0.0.1:8700',
      MISPRICED__VENUE__ACCOUNT_ID: '70001',
      MISPRICED__IDENTITY__AUTHORITY_URL: 'https://localhost:8701',
    });
    expect(outputs).toMatchObject({ venueUrl: 'http://127.0.0.1:8700', venueAccountId: '70001' });
  });

  it.each([
    ['local', 'http://127.0.0.1:8700', ['2', '20']],
    ['staging', 'http://127.0.0.1:8700', ['2', '20']],
    ['staging', market.venueUrl, []],
    ['prod', market.venueUrl, []],
    ['prod', 'https://127.0.0.1.example.com/v1', []],
  ])('of %s at %s have these constants of a simulation: %j', async (stackName, url, expected) => {
    const settings = settingsOf(stackName, { ...market, venueUrl: url });
    const { resources } = await recordProgram(settings);
    const given = resources.find(({ type }) => type.endsWith(':WebAppApplicationSettings'));
    const properties = given?.props['properties'] as Record<string, string>;
    const constants = Object.entries(properties).filter(([name]) =>
      /SETTLE_AFTER|REQUESTS_PER/.test(name),
    );
    expect(constants.map(([, value]) => value).toSorted()).toEqual(expected);
    expect(findingsOf(stackName, resources)).toEqual([]);
  });

  it('have the names that the configuration has for the same secrets', () => {
    for (const key of ['trading_api_key', 'identity.client_secret', 'secrets.vendor_key']) {
      expect(settingNameOf(keyVaultSecretName(key))).toBe(environmentName(key));
    }
  });
});
