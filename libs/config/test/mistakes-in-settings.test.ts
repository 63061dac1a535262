import { describe, expect, it } from 'vitest';
import { ConfigError, stageFromEnvironment } from '../src/index.ts';
import { onlyProblemOf, problemsOf } from './problems-of.ts';

describe('mistakes in the environment and on the command line', () => {
  it.each<[string, Record<string, string | undefined>, RegExp]>([
    [
      'an unknown variable',
      { MISPRICED__RUN__TRESHOLD: '0.1' },
      /^- \| MISPRICED__RUN__TRESHOLD \| No setting has this name; did you mean MISPRICED__RUN__THRESHOLD\?/,
    ],
    [
      'one of another section',
      { MISPRICED__RUN__ACCOUNT_ID: '1' },
      /did you mean MISPRICED__VENUE__ACCOUNT_ID\?/,
    ],
    ['one like no other', { MISPRICED__ZZZZZZZZZZZZ: '1' }, /No setting has this name\. \| Take/],
    [
      'single underscores',
      { MISPRICED_KILL_SWITCH: 'true' },
      /^kill_switch \| MISPRICED_KILL_SWITCH \| It looks like MISPRICED__KILL_SWITCH/,
    ],
    [
      'an empty variable',
      { MISPRICED__LIMITS__CASH: ' ' },
      /^limits\.cash \| MISPRICED__LIMITS__CASH \| The variable is set and empty\./,
    ],
    [
      'a wrong value',
      { MISPRICED__KILL_SWITCH: '1' },
      /^kill_switch \| MISPRICED__KILL_SWITCH \| "1" must be true or false\. \| Correct the variable \(app setting\) MISPRICED__KILL_SWITCH\./,
    ],
    [
      'an order that is released at once',
      { MISPRICED__RUN__RELEASE_AFTER_HOURS: '0' },
      /^run\.release_after_hours .* "0" must be a number from 1 to 720 \(hours\)\./,
    ],
    [
      'a live account that reads like one on paper',
      { MISPRICED__VENUE__ACCOUNT: 'paper-main' },
      /^venue\.account .* "paper-main" must be a label/,
    ],
    [
      'a list that is not JSON',
      { MISPRICED__OWN_DATA: 'a.csv' },
      /^own_data .* It must be written as JSON, such as \["first", "second"\]/,
    ],
    ['broken JSON', { MISPRICED__OWN_DATA: '[{' }, /^own_data .* It must be written as JSON/],
    ['an alias', { MISPRICED__OWN_DATA: '[*a]' }, /^own_data .* It must be written as JSON/],
    [
      'an entry of a map',
      { MISPRICED__LIMITS__PER_GROUP__A: '1.00' },
      /Set MISPRICED__LIMITS__PER_GROUP to JSON, such as \{"name": "value"\}\./,
    ],
    [
      'a variable in two cases',
      { MISPRICED__RUN__MODE: 'paper', mispriced__run__mode: 'paper' },
      /The variable is set twice, in different case/,
    ],
    [
      'another stage’s environment',
      { MISPRICED__STAGE: 'dev' },
      /^stage \| MISPRICED__STAGE \| The environment is that of stage "dev", but prod was asked for\./,
    ],
    [
      'a reference that was not resolved, by name',
      {
        MISPRICED__TRADING_API_KEY:
          '@Microsoft.KeyVault(VaultName=mp-kv;SecretName=trading-api-key)',
      },
      /^trading_api_key \| MISPRICED__TRADING_API_KEY \| It is a Key Vault reference that was not resolved \(vault mp-kv, secret trading-api-key\)\. \| Check .*keyVaultReferenceIdentity/,
    ],
    [
      'a reference that was not resolved, by address',
      {
        MISPRICED__LIMITS__CASH:
          '@Microsoft.KeyVault(SecretUri=https://mp-kv.vault.azure.net/secrets/limits--cash/)',
      },
      /^limits\.cash .* \(vault mp-kv, secret limits--cash\)/,
    ],
    [
      'a reference that makes no sense',
      { MISPRICED__TRADING_API_KEY: '@Microsoft.KeyVault(oops)' },
      /\(vault it names, secret it names\)/,
    ],
    [
      'a secret with a line end',
      { MISPRICED__TRADING_API_KEY: 'abcdefghijkl\n' },
      /^trading_api_key .* It must be a secret text on one line/,
    ],
    [
      'a vault’s address for its name',
      { MISPRICED__KEY_VAULT__NAME: 'https://mp-kv.vault.azure.net' },
      /an address goes into key_vault\.url/,
    ],
    [
      'a connection string for an address',
      { MISPRICED__STORAGE__ACCOUNT_URL: 'AccountName=a;AccountKey=abcdefghijkl' },
      /^storage\.account_url .* It must be an https address/,
    ],
    [
      'a long value',
      { MISPRICED__MODEL__NAME: 'A'.repeat(60) },
      /^model\.name .* Its value must be a name/,
    ],
  ])('%s', async (_, environment, expected) => {
    expect(await onlyProblemOf({ environment })).toMatch(expected);
  });

  it('keys that cannot come from the vault', async () => {
    const environment = {
      MISPRICED__KEY_VAULT__KEYS:
        '["identity.client_secret", "limits.per_oder", "secrets", "zzzzzzzzzz", "secrets.vendor"]',
    };
    expect(await problemsOf({ environment })).toEqual([
      expect.stringContaining('says how to reach the vault'),
      expect.stringContaining('There is no key limits.per_oder; did you mean limits.per_order?'),
      expect.stringContaining('Each secret is listed by its own name'),
      expect.stringContaining('There is no key zzzzzzzzzz.'),
    ]);
  });

  it('options for keys that do not exist, or with values that cannot be read', async () => {
    expect(
      await problemsOf({
        overrides: [
          { key: 'run.treshold', value: '1' },
          { key: 'zzzzzzzzzz', value: '1' },
          { key: 'own_data', value: 'a.csv', option: '--own-data' },
          { key: 'limits.cash', value: () => 1, option: '--cash' },
          { key: 'own_data', value: [() => 1], option: '--own-data' },
          { key: 'run.threshold', value: '1,5', option: '--threshold' },
        ],
      }),
    ).toEqual([
      expect.stringMatching(/^run\.treshold \| the option for run\.treshold .*run\.threshold\?/),
      expect.stringMatching(/^zzzzzzzzzz .* There is no such key\./),
      expect.stringMatching(/^own_data \| --own-data \| It cannot be read/),
      expect.stringMatching(/^limits\.cash \| --cash \| It cannot be read/),
      expect.stringMatching(/^own_data \| --own-data \| It cannot be read/),
      expect.stringMatching(
        /^run\.threshold \| --threshold \| "1,5" must be a number from 0 to 1\. \| Correct what is given to --threshold\./,
      ),
    ]);
  });

  it('a stage that is not set, or none', () => {
    expect(stageFromEnvironment({ MISPRICED__STAGE: 'preview' })).toBe('preview');
    expect(() => stageFromEnvironment({})).toThrow('The stage is not set.');
    expect(() => stageFromEnvironment({ MISPRICED__STAGE: 'prd' })).toThrow('did you mean prod?');
    expect(() => stageFromEnvironment({ MISPRICED__STAGE: 'zzzzz' })).toThrow(ConfigError);
  });
});
