import { describe, expect, it } from 'vitest';
import {
  checkConfig,
  ConfigError,
  stageFromEnvironment,
  type LoadConfigOptions,
  type Stage,
} from '../src/index.ts';
import { defaultsText, marketEnvironment, textsWith } from './texts.ts';

interface Case {
  stage?: Stage;
  /** Text of `config/<stage>.yaml`. */
  yaml?: string;
  local?: string;
  defaults?: string;
  environment?: Record<string, string | undefined>;
  overrides?: LoadConfigOptions['overrides'];
  file?: string;
}

/** Every problem as `key | where | message | fix`. */
async function problemsOf(given: Case): Promise<string[]> {
  const { stage = 'prod', yaml, local, defaults, environment, overrides, file } = given;
  const check = await checkConfig({
    stage,
    readText: textsWith({
      ...(yaml !== undefined && { stage: yaml }),
      ...(local !== undefined && { local }),
      ...(defaults !== undefined && { defaults }),
    }),
    environment: { ...marketEnvironment, ...environment },
    ...(overrides && { overrides }),
    ...(file !== undefined && { file: { name: 'mine.yaml', text: file } }),
  });
  expect(check.ok).toBe(check.problems.length === 0);
  for (const problem of check.problems) {
    expect(check.text).toContain(problem.message);
    expect(check.text).toContain(problem.fix);
    expect(problem.message).toMatch(/^[A-Z"`].*[.?]$/s);
    expect(problem.fix).toMatch(/^[A-Z`].*[.?]$/s);
  }
  return check.problems.map((problem) => {
    const { source } = problem;
    const where = source ? `${source.where}${source.line ? `:${source.line}` : ''}` : 'nowhere';
    return [problem.key ?? '-', where, problem.message, problem.fix].join(' | ');
  });
}

const one = async (given: Case): Promise<string> => {
  const problems = await problemsOf(given);
  expect(problems).toHaveLength(1);
  return problems[0] ?? '';
};

describe('mistakes in files', () => {
  it.each<[string, string, RegExp]>([
    [
      'an unknown key',
      'run:\n  mode: paper\n  treshold: 0.1',
      /^run\.treshold \| config\/prod\.yaml:3 \| There is no such key; did you mean run\.threshold\?/,
    ],
    [
      'a key of another section',
      'run:\n  per_order: 25',
      /^run\.per_order \| config\/prod\.yaml:2 \| .*did you mean limits\.per_order\?/,
    ],
    ['a key without its section', 'threshold: 0.1', /^threshold .*did you mean run\.threshold\?/],
    ['a key like no other', 'zzzzzzzz: 1', /There is no such key\. \| Take it out/],
    [
      'a section that is a value',
      'run: paper',
      /^run \| config\/prod\.yaml:1 \| It is a section and holds settings/,
    ],
    [
      'a value that is a list',
      'run:\n  mode: [paper]',
      /^run\.mode \| config\/prod\.yaml:2 \| It must be one value/,
    ],
    ['a list that is a value', 'own_data: prices.csv', /^own_data .* It must be a list/],
    ['a map that is a list', 'limits: { per_group: [1] }', /It must be names with a value each/],
    [
      'an entry of a map that is a list',
      'limits: { per_group: { 36: [1] } }',
      /^limits\.per_group\.36 .* It must be one value/,
    ],
    [
      'a word that is not of the list',
      'run: { mode: LIVE }',
      /^run\.mode .* "LIVE" must be paper or live; did you mean live\? \| Correct config\/prod\.yaml at line 1\./,
    ],
    ['a number out of range', 'run: { threshold: 4 }', /"4" must be a number from 0 to 1\./],
    ['a yes for a true', 'kill_switch: yes', /"yes" must be true or false\./],
    [
      'fractions of a cent',
      'limits: { per_order: 25.005 }',
      /"25\.005" must be an amount in dollars above zero with at most two decimals/,
    ],
    [
      'a schedule of five fields',
      'schedule: { daily_trade: 25 15 * * * }',
      /it has five: put the seconds in front/,
    ],
    [
      'an unknown time zone',
      'schedule: { time_zone: Europe/Lundon }',
      /"Europe\/Lundon" must be the name of a time zone .*did you mean Europe\/London\?/,
    ],
    [
      'a needed key set to nothing',
      'limits:\n  per_order:',
      /^limits\.per_order \| config\/prod\.yaml:2 \| It is needed, and set to nothing here\./,
    ],
    [
      'a secret in a committed file',
      'trading_api_key: abcdefghijkl',
      /^trading_api_key \| config\/prod\.yaml:1 \| A secret must not stand in a file that is committed/,
    ],
    [
      'a key twice',
      'run:\n  mode: paper\n  mode: live',
      /^- \| config\/prod\.yaml:3 \| The key stands there twice/,
    ],
    ['a tab', 'run:\n\tmode: paper', /^- \| config\/prod\.yaml:2 \| A tab is used to indent/],
    ['two documents', 'run:\n---\nrun:', /several documents/],
    [
      'an open quote',
      'run:\n  mode: "paper',
      /^- \| config\/prod\.yaml:\d \| A character is missing/,
    ],
    ['wrong indentation', 'run:\n   mode: paper\n  threshold: 1', /^- \| config\/prod\.yaml:\d/],
    ['a list for a file', '- run', /The file must hold sections and settings/],
    ['a text for a file', 'just words', /The file must hold sections and settings/],
    ['an alias', 'own_data: &a\n  - *a', /Only plain values, lists and maps may stand there/],
    ['a compound key', '? [a, b]\n: 1', /Only plain values, lists and maps may stand there/],
    ['an unknown tag', 'kill_switch: !yes true', /It is not YAML there/],
  ])('%s', async (_, yaml, expected) => {
    expect(await one({ yaml })).toMatch(expected);
  });

  it('in a list, by item, field and line', async () => {
    const yaml = [
      'own_data:',
      '  - name: Unemployment Rate',
      '    format: cvs',
      '    file: a.csv',
      '  - name: income',
      '    format: csv',
      '    ulr: https://example.com/a.csv',
      '  - name: other',
      '    format: csv',
      '    file: a.csv',
      '    blob: data/a.csv',
    ].join('\n');
    const problems = await problemsOf({ yaml });
    expect(problems).toEqual([
      expect.stringMatching(/^own_data\[0\]\.name \| config\/prod\.yaml:2 \| It must be a name/),
      expect.stringMatching(/^own_data\[0\]\.format \| config\/prod\.yaml:3 \| It must be csv or/),
      expect.stringMatching(/^own_data\[1\].* There is no field ulr; did you mean url\?/),
      expect.stringMatching(/^own_data\[2\] \| config\/prod\.yaml:8 .* exactly one of file, url/),
    ]);
    const rest = yaml.replace('Unemployment Rate', 'a').replace('cvs', 'csv').replace('ulr', 'url');
    expect(
      await one({ yaml: rest.replace('\n    blob: data/a.csv', '').replace('other', 'income') }),
    ).toMatch(/^own_data .* each has its own name/);
  });

  it('that are not there or cannot be read', async () => {
    const check = await checkConfig({
      stage: 'prod',
      readText: (path) =>
        path === 'config/local.yaml'
          ? Promise.reject(Object.assign(new Error('secret words'), { code: 'EACCES' }))
          : Promise.resolve(path === 'config/defaults.yaml' ? defaultsText : undefined),
      environment: marketEnvironment,
    });
    expect(check.problems.map((each) => [each.source?.where, each.message])).toEqual([
      ['config/prod.yaml', 'The file is not there.'],
      ['config/local.yaml', 'The file cannot be read (EACCES).'],
    ]);
  });

  it('are named after the file given on the command line too', async () => {
    expect(await one({ file: 'run:\n  mod: paper\n' })).toMatch(/^run\.mod \| mine\.yaml:2/);
  });

  it('leave the needed keys missing, each named, where there are no defaults', async () => {
    const problems = await problemsOf({ defaults: '' });
    expect(problems.length).toBeGreaterThan(20);
    expect(problems).toContainEqual(
      'run.threshold | nowhere | It is needed, and no layer sets it. | Set it in config/prod.yaml, or as MISPRICED__RUN__THRESHOLD.',
    );
  });
});

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
    expect(await one({ environment })).toMatch(expected);
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

describe('values that do not go together', () => {
  const loopback = { MISPRICED__VENUE__URL: 'http://127.0.0.1:8080' };
  const live = { MISPRICED__RUN__MODE: 'live' };

  it.each<[string, Case, RegExp]>([
    [
      'a preview that trades live',
      {
        stage: 'preview',
        environment: live,
        yaml: 'storage: {kind: blob, account_url: https://a}',
      },
      /^run\.mode \| MISPRICED__RUN__MODE \| A preview never trades live\. \| Set run\.mode to paper\./,
    ],
    [
      'live on this machine against a real market',
      { stage: 'local', environment: live },
      /^venue\.url \| MISPRICED__VENUE__URL \| Live trading in the stage local is for a simulated market/,
    ],
    [
      'live in the embedded stage against a real market',
      { stage: 'embedded', environment: live },
      /Live trading in the stage embedded is for a simulated market on this machine only/,
    ],
    [
      'live on a replay',
      {
        stage: 'embedded',
        environment: live,
        yaml: 'venue: { name: replay, url: "http://localhost:1", listing: a.json }',
        overrides: [{ key: 'venue.url', value: 'http://localhost:1' }],
      },
      /^run\.mode .* The replay venue has no market behind it/,
    ],
    [
      'live as of another day',
      {
        environment: live,
        yaml: 'run: { as_of: 2010-12-15 }\nstorage: { kind: blob, account_url: https://a }',
      },
      /^run\.as_of \| config\/prod\.yaml:1 \| A live run is always as of today\./,
    ],
    [
      'live with the ledger in a folder',
      { environment: live },
      /^storage\.kind \| config\/defaults\.yaml:\d+ \| A live run needs Blob storage/,
    ],
    [
      'a market without its address',
      { environment: { MISPRICED__VENUE__URL: undefined } },
      /^venue\.url \| nowhere \| The venue lendingclub needs it, and no layer sets it\. \| Set it in config\/prod\.yaml, or as MISPRICED__VENUE__URL\./,
    ],
    [
      'a market without its account',
      { environment: { MISPRICED__VENUE__ACCOUNT_ID: undefined } },
      /^venue\.account_id \| nowhere/,
    ],
    [
      'a market without its key',
      { environment: { MISPRICED__TRADING_API_KEY: undefined } },
      /^trading_api_key \| nowhere .* \| Give it with `npx mispriced secrets set trading_api_key --stack prod`/,
    ],
    [
      'a market of the local cloud without its account',
      { stage: 'local', environment: { MISPRICED__VENUE__ACCOUNT_ID: undefined } },
      /^venue\.account_id .* Set it in config\/local\.yaml, or as MISPRICED__VENUE__ACCOUNT_ID\./,
    ],
    ['a replay of nothing', { yaml: 'venue: { name: replay }' }, /^venue\.listing .* archived/],
    [
      'a minimum above the maximum of an order',
      { yaml: 'limits: { minimum_order: 50 }' },
      /^limits\.minimum_order \| config\/prod\.yaml:1 \| It is 50\.00, more than limits\.per_order \(25\.00\)/,
    ],
    ['a step above an order', { yaml: 'limits: { step: 25.01 }' }, /^limits\.step .* 25\.01, more/],
    [
      'an order above the run',
      { yaml: 'limits: { per_run: 24.99 }' },
      /^limits\.per_order .* more than limits\.per_run \(24\.99\)/,
    ],
    [
      'blobs without an account',
      { yaml: 'storage: { kind: blob }' },
      /^storage\.account_url .* Blob storage needs storage\.account_url/,
    ],
    [
      'blobs with two ways in',
      {
        yaml: 'storage: { kind: blob, account_url: https://a.blob.core.windows.net }',
        environment: { MISPRICED__STORAGE__CONNECTION_STRING: 'AccountName=a;AccountKey=abc' },
      },
      /^storage\.connection_string \| MISPRICED__STORAGE__CONNECTION_STRING \| Both/,
    ],
    [
      'a time zone for a job that is not daily',
      { yaml: 'schedule: { daily_trade: 0 0 */2 * * *, time_zone: Europe/London }' },
      /^schedule\.daily_trade .* "0 0 \*\/2 \* \* \*" must be a daily schedule/,
    ],
    [
      'own data whose secret address nobody gives',
      { yaml: 'own_data: [{ name: a, format: csv, url_secret: vendor_url }]' },
      /^own_data .* secrets\.vendor_url, which no layer sets\. \| Give it with `npx mispriced secrets set secrets\.vendor_url`/,
    ],
  ])('%s', async (_, given, expected) => {
    expect(await one(given)).toMatch(expected);
  });

  it('a service principal without its values', async () => {
    const environment = { MISPRICED__IDENTITY__KIND: 'service-principal' };
    const problems = await problemsOf({ environment });
    expect(problems.map((each) => each.split(' | ')[0])).toEqual([
      'identity.client_id',
      'identity.tenant_id',
      'identity.client_secret',
    ]);
    expect(problems[2]).toContain('Give it as MISPRICED__IDENTITY__CLIENT_SECRET');
  });

  it.each<[string, Case]>([
    [
      'live on this machine against a simulated market',
      { stage: 'local', environment: { ...live, ...loopback } },
    ],
    [
      'live in the embedded stage, whose market is still to be started',
      {
        stage: 'embedded',
        environment: {
          ...live,
          MISPRICED__VENUE__URL: undefined,
          MISPRICED__VENUE__ACCOUNT_ID: undefined,
          MISPRICED__TRADING_API_KEY: undefined,
        },
      },
    ],
    [
      'live in production on blobs',
      {
        environment: live,
        yaml: 'storage: { kind: blob, account_url: https://a.blob.core.windows.net }',
      },
    ],
    ['as of another day on paper', { yaml: 'run: { as_of: 2010-12-15 }' }],
    [
      'a replay without a market',
      {
        yaml: 'venue: { name: replay, listing: a.json }',
        environment: { MISPRICED__VENUE__URL: undefined, MISPRICED__TRADING_API_KEY: undefined },
      },
    ],
    [
      'a weekday schedule in a time zone',
      { yaml: 'schedule: { daily_trade: 0 30 9 * * mon-fri, time_zone: America/New_York }' },
    ],
    [
      'own data by a secret address',
      {
        yaml: 'own_data: [{ name: a, format: csv, url_secret: vendor_url }]',
        environment: { MISPRICED__SECRETS__VENDOR_URL: 'https://example.com/?api_key=abc' },
      },
    ],
  ])('but these do: %s', async (_, given) => {
    expect(await problemsOf(given)).toEqual([]);
  });
});

it('tells all mistakes at once, from every layer', async () => {
  const problems = await problemsOf({
    yaml: 'run:\n  mode: lve\n  treshold: 0.1\nlimits:\n  per_order: lots\n',
    local: 'kill_switch: maybe\n',
    environment: {
      MISPRICED__SCHEDULE__DAILY_TRADE: '25 15 * * *',
      MISPRICED__VENUE__URL: undefined,
      MISPRICED__VENEU__NAME: 'replay',
    },
    overrides: [{ key: 'limits.cash', value: '-1', option: '--cash' }],
    file: 'model:\n  nme: x\n',
  });
  expect(problems.map((each) => each.split(' | ').slice(0, 2).join(' ')).toSorted()).toEqual(
    [
      'run.treshold config/prod.yaml:3',
      '- MISPRICED__VENEU__NAME',
      'model.nme mine.yaml:2',
      'kill_switch config/local.yaml:1',
      'run.mode config/prod.yaml:2',
      'schedule.daily_trade MISPRICED__SCHEDULE__DAILY_TRADE',
      'limits.cash --cash',
      'limits.per_order config/prod.yaml:5',
      'venue.url nowhere',
    ].toSorted(),
  );
});
