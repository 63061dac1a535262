import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  ConfigError,
  explanationJson,
  formatExplanation,
  loadConfig,
  MissingKeyError,
  Secret,
  type LoadConfigOptions,
} from '../src/index.ts';
import { marketEnvironment, textsWith } from './texts.ts';

const load = (options: Partial<LoadConfigOptions> & { texts?: Parameters<typeof textsWith>[0] }) =>
  loadConfig({
    stage: 'prod',
    readText: textsWith(options.texts ?? {}),
    environment: marketEnvironment,
    ...options,
  });

describe('the layers', () => {
  it('win in their order: defaults, stage, local, environment, file, command line', async () => {
    const thresholds: [string, Parameters<typeof load>[0]][] = [
      ['0.04', {}],
      ['0.05', { texts: { stage: 'run: { threshold: 0.05 }' } }],
      ['0.06', { texts: { stage: 'run: { threshold: 0.05 }', local: 'run: {threshold: 0.06}' } }],
    ];
    for (const [threshold, options] of thresholds) {
      expect((await load(options)).values.run.threshold).toBe(Number(threshold));
    }
    const all = {
      texts: { stage: 'run: { threshold: 0.05 }', local: 'run:\n  threshold: 0.06\n' },
      environment: { ...marketEnvironment, MISPRICED__RUN__THRESHOLD: '0.07' },
    };
    expect((await load(all)).get('run.threshold')).toBe(0.07);
    const file = { name: 'mine.yaml', text: '\nrun:\n  threshold: 0.08\n' };
    expect((await load({ ...all, file })).get('run.threshold')).toBe(0.08);
    const overrides = [{ key: 'run.threshold', value: 0.09, option: '--threshold' }];
    const config = await load({ ...all, file, overrides });
    expect(config.get('run.threshold')).toBe(0.09);
    expect(config.explain().find((each) => each.key === 'run.threshold')).toEqual({
      key: 'run.threshold',
      value: '0.09',
      secret: false,
      source: { layer: 'command-line', where: '--threshold' },
      overruled: [
        { layer: 'file', where: 'mine.yaml', line: 3 },
        { layer: 'environment', where: 'MISPRICED__RUN__THRESHOLD' },
        { layer: 'local', where: 'config/local.yaml', line: 2 },
        { layer: 'stage', where: 'config/prod.yaml', line: 1 },
        { layer: 'defaults', where: 'config/defaults.yaml', line: 10 },
      ],
    });
  });

  it('keep numbers as they are written, so that money and ids stay exact', async () => {
    const stage = [
      'limits: { per_order: 25.10, listing_share: 0.10, per_run: 0100 }',
      'venue: { account_id: 00123 }',
    ].join('\n');
    const { MISPRICED__VENUE__URL, MISPRICED__TRADING_API_KEY } = marketEnvironment;
    const config = await load({
      texts: { stage },
      environment: { MISPRICED__VENUE__URL, MISPRICED__TRADING_API_KEY },
    });
    expect(config.values.limits).toMatchObject({
      perOrder: '25.10',
      listingShare: '0.10',
      perRun: '100.00',
    });
    expect(config.values.venue.accountId).toBe('00123');
  });

  it('merge maps entry by entry and replace lists as a whole', async () => {
    const config = await load({
      texts: {
        stage:
          'limits:\n  per_group:\n    36: 500\n    A: 10.5\nown_data:\n  - { name: a, format: csv, file: a.csv }\n',
        local: 'limits: { per_group: { 60: 200.00, A: } }',
      },
      environment: {
        ...marketEnvironment,
        MISPRICED__OWN_DATA: '[{"name": "b", "format": "parquet", "blob": "data/b.parquet"}]',
      },
    });
    expect(config.get('limits.per_group')).toEqual({ '36': '500.00', '60': '200.00' });
    expect(config.get('limits.per_group.60')).toBe('200.00');
    expect(config.has('limits.per_group.A')).toBe(false);
    expect(config.values.ownData).toEqual([
      { name: 'b', format: 'parquet', blob: 'data/b.parquet' },
    ]);
    const rows = config.explain().filter((each) => each.key.startsWith('limits.per_group'));
    expect(rows).toMatchObject([
      { key: 'limits.per_group.36', source: { where: 'config/prod.yaml', line: 3 } },
      { key: 'limits.per_group.60', source: { where: 'config/local.yaml', line: 1 } },
    ]);
  });

  it('take a value back with an empty one', async () => {
    const config = await load({
      texts: { stage: 'schedule: { time_zone: Europe/London }', local: 'schedule: {time_zone: }' },
    });
    expect(config.has('schedule.time_zone')).toBe(false);
    expect('timeZone' in config.values.schedule).toBe(false);
  });

  it('may have empty files and empty sections, with a byte-order mark and Windows line ends', async () => {
    const stage = '\uFEFF# a remark\r\nrun:\r\n  mode: paper\r\nlimits:\r\n';
    expect((await load({ texts: { stage, local: '' } })).values.run.mode).toBe('paper');
    expect((await load({ texts: { local: '# nothing yet\n---\n' } })).stage).toBe('prod');
  });

  it('take the personal file in every stage; the stage local has no other', async () => {
    const asked: string[] = [];
    const texts = textsWith({ local: 'run: { threshold: 0.2 }' });
    const config = await load({
      stage: 'local',
      readText: (path) => {
        asked.push(path);
        return texts(path);
      },
    });
    expect(asked).toEqual(['config/defaults.yaml', 'config/local.yaml']);
    expect(config.values.run.threshold).toBe(0.2);
  });

  it('hold values for programs too: booleans, numbers, lists, maps and secrets', async () => {
    const config = await load({
      overrides: [
        { key: 'kill_switch', value: true },
        { key: 'limits.cash', value: 1000 },
        { key: 'own_data', value: [{ name: 'a', format: 'csv', file: 'a.csv', url: undefined }] },
        { key: 'limits.per_group', value: { '36': '10.00' } },
        { key: 'limits.per_group.60', value: '20.00' },
        { key: 'key_vault.keys', value: '["limits.per_run"]' },
        { key: 'trading_api_key', value: new Secret('key-of-a-program') },
        { key: 'secrets.vendor', value: 'key-of-a-vendor', option: '--vendor' },
        { key: 'schedule.time_zone', value: null },
      ],
    });
    expect(config.values.killSwitch).toBe(true);
    expect(config.values.limits.cash).toBe('1000.00');
    expect(config.values.ownData).toEqual([{ name: 'a', format: 'csv', file: 'a.csv' }]);
    expect(config.values.limits.perGroup).toEqual({ '36': '10.00', '60': '20.00' });
    expect(config.values.tradingApiKey?.reveal()).toBe('key-of-a-program');
    expect(config.get('secrets.vendor')?.reveal()).toBe('key-of-a-vendor');
  });

  it('know variables in any case, secrets of the strategy’s own among them', async () => {
    const config = await load({
      environment: {
        ...marketEnvironment,
        Mispriced__Run__Mode: 'paper',
        MISPRICED__SECRETS__VENDOR_KEY: 'key-of-a-vendor',
        MISPRICED__STAGE: 'prod',
        MISPRICED_FIXTURES: '/somewhere',
        PATH: '/bin',
        MISPRICED__LIMITS__CASH: undefined,
      },
    });
    expect(config.values.secrets['vendor_key']?.reveal()).toBe('key-of-a-vendor');
    expect(config.get('secrets.vendor_key')?.reveal()).toBe('key-of-a-vendor');
  });
});

describe('a loaded configuration', () => {
  it('is typed and cannot be changed', async () => {
    const { values } = await load({});
    const mode: 'paper' | 'live' = values.run.mode;
    expect(mode).toBe('paper');
    expect(values.run.lateAfterSeconds).toBe(900);
    expect(values.limits.perOrder).toBe('25.00');
    expect(() => Object.assign(values.run, { mode: 'live' })).toThrow(TypeError);
    expect(() => Object.assign(values, { killSwitch: false })).toThrow(TypeError);
    expect(() => Object.assign(values.limits.perGroup, { a: '1' })).toThrow(TypeError);
  });

  it('is looked up by key', async () => {
    const config = await load({});
    expect(config.get('trading_api_key')?.reveal()).toBe('key-of-the-environment');
    expect(config.get('limits.per_order')).toBe('25.00');
    expect(config.get('limits.cash')).toBeUndefined();
    expect(config.get('limits.cash' as string, '10.00')).toBe('10.00');
    expect(config.get('secrets.nobody')).toBeUndefined();
    expect(config.get('secrets.constructor')).toBeUndefined();
    expect(config.has('limits.per_order')).toBe(true);
    expect(config.has('limits.cash')).toBe(false);
    expect(config.has('limits.nonsense')).toBe(false);
    expect(config.keys()).toContain('trading_api_key');
    expect(config.keys()).not.toContain('limits.cash');
  });

  it.each([
    ['trading_apikey', 'trading_api_key'],
    ['limits.per_oder', 'limits.per_order'],
    ['threshold', 'run.threshold'],
    ['run.per_order', 'limits.per_order'],
  ])('says what was meant by %s', async (wrong, meant) => {
    const config = await load({});
    expect(() => config.get(wrong)).toThrow(MissingKeyError);
    expect(() => config.get(wrong)).toThrow(`Did you mean ${meant}?`);
  });

  it('says so where nothing is near', async () => {
    const config = await load({});
    expect(() => config.get('zzzzzzzz')).toThrow('There is no configuration key "zzzzzzzz".');
    expect(new MissingKeyError('zzzzzzzz').fix).toContain('docs/configuration.md');
    expect(new MissingKeyError('run.mod').fix).toBe('Ask for run.mode.');
  });

  it('prints with its secrets masked, as an object, as JSON and inspected', async () => {
    const config = await load({
      environment: { ...marketEnvironment, MISPRICED__SECRETS__VENDOR: 'key-of-a-vendor' },
    });
    expect(config.toObject()).toMatchObject({
      trading_api_key: '***',
      secrets: { vendor: '***' },
      limits: { per_order: '25.00' },
      run: { late_policy: 'skip' },
    });
    expect(JSON.parse(JSON.stringify(config))).toMatchObject({ stage: 'prod', kill_switch: false });
    expect(inspect(config)).toContain("trading_api_key: '***'");
    expect(JSON.parse(JSON.stringify(explanationJson(config)))).toMatchObject({
      stage: 'prod',
      notices: [],
    });
  });

  it('explains itself in a table', async () => {
    const config = await load({
      texts: { stage: 'model: { directory: "a\tb" }'.replace('\t', ' ') },
    });
    const lines = formatExplanation(config).split('\n');
    expect(lines).toContain('Configuration of stage prod');
    expect(lines.find((line) => line.startsWith('trading_api_key'))).toMatch(
      /^trading_api_key +\*{3} +MISPRICED__TRADING_API_KEY$/,
    );
    expect(lines.find((line) => line.startsWith('run.threshold'))).toMatch(
      /^run\.threshold +0\.04 +config\/defaults\.yaml line 10$/,
    );
    expect(lines.find((line) => line.startsWith('limits.cash'))).toMatch(
      /^limits\.cash +\(not set\)$/,
    );
  });
});

it('is refused with an error that has code, message and fix', async () => {
  const error: unknown = await load({ texts: { stage: 'run: { mode: lve }' } }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toMatchObject({ code: 'CONFIG_INVALID', retryable: false, stage: 'prod' });
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    code: 'CONFIG_INVALID',
    fix: 'Correct config/prod.yaml at line 1.',
    problems: [{ key: 'run.mode', source: { where: 'config/prod.yaml', line: 1 } }],
  });
});
