import { describe, expect, it } from 'vitest';
import { onlyProblemOf, problemsOf, type Case } from './problems-of.ts';

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
      'an order above the day',
      { yaml: 'limits: { per_day: 24.99 }' },
      /^limits\.per_order .* more than limits\.per_day \(24\.99\)/,
    ],
    [
      'an order above the month',
      { yaml: 'limits: { per_month: 24.99 }' },
      /^limits\.per_order .* more than limits\.per_month \(24\.99\)/,
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
    expect(await onlyProblemOf(given)).toMatch(expected);
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
    [
      'a day for two runs, and a month for one and a half',
      { yaml: 'limits: { per_run: 100, per_day: 200, per_month: 150 }' },
    ],
    ['a run that a day has no room for', { yaml: 'limits: { per_day: 25 }' }],
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
