import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ConfigError,
  explanationJson,
  formatExplanation,
  loadConfig,
  Secret,
  type LoadConfigOptions,
  type SecretReading,
} from '../src/index.ts';
import { FakeAzure, principalId, tenantId } from './fake-azure.ts';
import { marketEnvironment, textsWith } from './texts.ts';

/** A value as it may stand in an output: plain or in a usual encoding. */
function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}

/** Everything that loading a configuration can put before anybody's eyes. */
async function everyOutputOf(options: LoadConfigOptions): Promise<{ text: string; ok: boolean }> {
  try {
    const config = await loadConfig(options);
    const outputs = [
      formatExplanation(config),
      JSON.stringify(explanationJson(config)),
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      JSON.stringify(config.values),
      inspect(config.values, { depth: 9 }),
      inspect(config.values, { depth: 9, showHidden: true, customInspect: false }),
      inspect(config.toObject(), { depth: 9 }),
      format('%s %o %j', config, config, config),
      inspect(structuredClone(config.toObject())),
    ];
    return { text: outputs.join('\n'), ok: true };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const outputs = [
      error.message,
      String(error.stack),
      JSON.stringify(error),
      inspect(error, { depth: 9, showHidden: true }),
      inspect(new Error('wrapped', { cause: error }), { depth: 9 }),
    ];
    return { text: outputs.join('\n'), ok: false };
  }
}

function expectNoTrace(text: string, values: readonly string[]): void {
  for (const value of values) {
    for (const form of formsOf(value)) expect(text.includes(form), form).toBe(false);
  }
}

/** Twelve characters or more of which six differ: not a text that outputs hold by chance. */
const secretText = fc
  .string({ minLength: 12, maxLength: 48 })
  .filter((value) => new Set(value.trim()).size >= 6);

const mistakes: Record<string, string>[] = [
  {},
  { MISPRICED__RUN__MODE: 'lve' },
  { MISPRICED__KILL_SWITCH: 'perhaps', MISPRICED__ZZZ: '1' },
  { MISPRICED__LIMITS__PER_RUN: '1.00' },
];

describe('no output holds a secret', () => {
  it('wherever it is given, whether the rest is right or wrong', async () => {
    let [loaded, refused] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(secretText, { minLength: 7, maxLength: 7 }),
        fc.constantFrom(...mistakes),
        async (planted, mistake) => {
          const [
            local = '',
            env = '',
            option = '',
            own = '',
            vault = '',
            client = '',
            vendor = '',
          ] = planted;
          const found: SecretReading = {
            status: 'found',
            secret: new Secret(vault),
            expiresOn: new Date('2026-11-05'),
          };
          const { text, ok } = await everyOutputOf({
            stage: 'prod',
            readText: textsWith({
              local: `trading_api_key: ${JSON.stringify(local)}\nsecrets: { a: ${JSON.stringify(own)} }`,
            }),
            environment: {
              ...marketEnvironment,
              ...mistake,
              MISPRICED__TRADING_API_KEY: env,
              MISPRICED__IDENTITY__CLIENT_SECRET: client,
              MISPRICED__SECRETS__VENDOR: vendor,
              MISPRICED__KEY_VAULT__NAME: 'mp-kv',
            },
            overrides: [{ key: 'secrets.b', value: option, option: '--b' }],
            keyVault: () =>
              Promise.resolve({
                description: 'the vault mp-kv',
                read: (names) => Promise.resolve(new Map(names.map((name) => [name, found]))),
              }),
            now: () => new Date('2026-11-02'),
          });
          if (ok) loaded += 1;
          else refused += 1;
          expectNoTrace(text, planted);
          if (ok) expect(text).toContain('***');
        },
      ),
      { numRuns: 200 },
    );
    expect(Math.min(loaded, refused)).toBeGreaterThan(10);
  });

  it.each<[string, (value: string) => Partial<LoadConfigOptions>]>([
    [
      'a committed file',
      (value) => ({ readText: textsWith({ stage: `trading_api_key: ${JSON.stringify(value)}` }) }),
    ],
    [
      'a committed file, in a map',
      (value) => ({ readText: textsWith({ stage: `secrets: { a: ${JSON.stringify(value)} }` }) }),
    ],
    [
      'an unknown key',
      (value) => ({ readText: textsWith({ local: `tradng_api_key: ${JSON.stringify(value)}` }) }),
    ],
    [
      'a list where text belongs',
      (value) => ({
        readText: textsWith({ local: `trading_api_key: [${JSON.stringify(value)}]` }),
      }),
    ],
    [
      'text where a section belongs',
      (value) => ({ readText: textsWith({ local: `run: ${JSON.stringify(value)}` }) }),
    ],
    [
      'a file that is not YAML',
      (value) => ({
        readText: textsWith({ local: `trading_api_key: ${JSON.stringify(value)}\n  x: [}\n` }),
      }),
    ],
    [
      'an unclosed quote',
      (value) => ({
        readText: textsWith({ local: `trading_api_key: "${value.replaceAll(/["\\]/g, '')}xx` }),
      }),
    ],
    ['a text for a file', (value) => ({ readText: textsWith({ local: JSON.stringify(value) }) })],
    [
      'an unknown variable',
      (value) => ({ environment: { ...marketEnvironment, MISPRICED__TRADING_KEY: value } }),
    ],
    [
      'a variable with single underscores',
      (value) => ({ environment: { ...marketEnvironment, MISPRICED_TRADING_API_KEY: value } }),
    ],
    [
      'a secret with a line end',
      (value) => ({
        environment: { ...marketEnvironment, MISPRICED__TRADING_API_KEY: `${value}\n` },
      }),
    ],
    [
      'a list that is not JSON',
      (value) => ({ environment: { ...marketEnvironment, MISPRICED__OWN_DATA: `${value}[` } }),
    ],
    [
      'an address with a password',
      (value) => ({
        environment: {
          ...marketEnvironment,
          MISPRICED__VENUE__URL: `https://u:${encodeURIComponent(value)}@example.com`,
        },
      }),
    ],
    [
      'an address with a signature',
      (value) => ({
        environment: {
          ...marketEnvironment,
          MISPRICED__STORAGE__ACCOUNT_URL: `https://example.com/?sig=${encodeURIComponent(value)}`,
        },
      }),
    ],
    [
      'a download with a key',
      (value) => ({
        environment: {
          ...marketEnvironment,
          MISPRICED__OWN_DATA: JSON.stringify([
            {
              name: 'a',
              format: 'csv',
              url: `https://example.com/?api_key=${encodeURIComponent(value)}`,
            },
          ]),
        },
      }),
    ],
    [
      'a connection string for an address',
      (value) => ({
        environment: {
          ...marketEnvironment,
          MISPRICED__STORAGE__ACCOUNT_URL: `AccountKey=${value}`,
        },
      }),
    ],
    ['an option for no key', (value) => ({ overrides: [{ key: 'trading_key', value }] })],
    [
      'an option of the wrong shape',
      (value) => ({ overrides: [{ key: 'trading_api_key', value: { value } }] }),
    ],
  ])('put by mistake into %s', async (_, plant) => {
    await fc.assert(
      fc.asyncProperty(secretText, async (value) => {
        const { text, ok } = await everyOutputOf({
          stage: 'prod',
          readText: textsWith({}),
          environment: marketEnvironment,
          ...plant(value),
        });
        expect(ok).toBe(false);
        expectNoTrace(text, [value]);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['!', '*', '&', '%', '@', '`', '|', '>', '- ', '{ ', '[ ', ': ', '"', "'"])(
    'written into a file behind a %s that YAML takes for its own',
    async (sign) => {
      const value = 'k3yOfTheMarket0123456789';
      for (const text of [
        `trading_api_key: ${sign}${value} x`,
        `trading_api_key: ${sign}${value}\n x: y`,
        `trading_api_key: a\n${sign}${value}`,
      ]) {
        const { text: output } = await everyOutputOf({
          stage: 'prod',
          readText: textsWith({ local: text }),
          environment: { ...marketEnvironment, MISPRICED__RUN__MODE: 'lve' },
        });
        expectNoTrace(output, [value]);
      }
    },
  );
});

describe('no output holds a secret that the SDKs handled', () => {
  const azure = new FakeAzure();
  beforeAll(() => azure.start());
  afterAll(() => azure.stop());

  it('when the sign-in is refused, and when the vault is', async () => {
    const clientSecret = 'wrong~client-secret/of+the=principal';
    const environment = {
      ...marketEnvironment,
      MISPRICED__KEY_VAULT__URL: azure.url,
      MISPRICED__IDENTITY__KIND: 'service-principal',
      MISPRICED__IDENTITY__CLIENT_ID: principalId,
      MISPRICED__IDENTITY__TENANT_ID: tenantId,
      MISPRICED__IDENTITY__CLIENT_SECRET: clientSecret,
      MISPRICED__IDENTITY__AUTHORITY_URL: azure.url,
    };
    const refused = await everyOutputOf({ stage: 'prod', readText: textsWith({}), environment });
    expect(refused.ok).toBe(false);
    expect(refused.text).toContain('AADSTS7000215');
    expectNoTrace(refused.text, [clientSecret, marketEnvironment.MISPRICED__TRADING_API_KEY]);
  });
});
