import { z } from 'zod';
import { scheduleText } from '../schedule/ncrontab.ts';
import { secretValue } from '../secret.ts';
import type { CamelCased } from './camel-case.ts';
import { type KeyIn, keysOf, type SchemaIn, setting } from './keys.ts';
import {
  accountIdText,
  accountLabelText,
  blobPath,
  containerName,
  dateText,
  downloadUrl,
  guidText,
  momentText,
  moneyText,
  nameText,
  numberText,
  pathText,
  serviceUrl,
  shareText,
  switchText,
  textLike,
  vaultNameText,
} from './text-values.ts';
import { nearest, oneOf, timeZoneText } from './words.ts';

const strategySection = z.strictObject({
  name: setting(nameText('mispriced'), {
    about: 'Name of the strategy: the first part of every run id',
  }),
});

const runSection = z.strictObject({
  mode: setting(oneOf(['paper', 'live']), {
    about: '`paper` sends no order, a fill model stands in; `live` spends money',
  }),
  threshold: setting(numberText({ least: 0, most: 1 }), {
    about: 'T: buy where q - r is below -T',
  }),
  late_policy: setting(oneOf(['run', 'skip', 'paper']), {
    about: 'What a run does that starts late: trade all the same, skip the day, or trade on paper',
  }),
  late_after_seconds: setting(
    numberText({ least: 0, most: 86_400, whole: true, unit: 'seconds' }),
    { about: 'How long after its slot a run counts as late' },
  ),
  timeout_seconds: setting(numberText({ least: 10, most: 3600, whole: true, unit: 'seconds' }), {
    about: 'How long a run may take; it stops before its next order then',
  }),
  slot: setting(momentText().optional(), {
    about: 'The scheduled moment to run, in place of the last one: for a run by hand',
  }),
  anyway: setting(switchText(), {
    about: '`true` lets a live run take a `slot` that the schedule does not have',
  }),
  batch_size: setting(numberText({ least: 1, most: 100, whole: true, unit: 'orders' }), {
    about: 'Orders in one request to the venue; the kill switch is read before each',
  }),
  settle_after_seconds: setting(numberText({ least: 0, most: 600, unit: 'seconds' }).optional(), {
    about:
      'How long an order may take to show, where longer than the venue declares; shorter for a simulated market only',
  }),
  release_after_hours: setting(numberText({ least: 1, most: 720, unit: 'hours' }), {
    about:
      'How long reads must show nothing of an order whose sender was lost before it no longer counts as bought',
  }),
  as_of: setting(dateText().optional(), {
    about: 'The day the run pretends it is, for replays and tests',
  }),
});

const scheduleSection = z.strictObject({
  daily_trade: setting(scheduleText(), {
    about: 'When the strategy trades: six fields, seconds first, UTC unless `time_zone` is set',
  }),
  refresh_data: setting(scheduleText(), {
    about: 'When own data is fetched, in the same form',
  }),
  time_zone: setting(timeZoneText().optional(), {
    about: 'Time zone of the schedules (IANA name); they must be daily then',
  }),
});

const limitsSection = z.strictObject({
  cash: setting(moneyText().optional(), {
    about: 'Dollars to use at most, where the venue’s cash is not to be used whole',
  }),
  per_order: setting(moneyText('a cent'), { about: 'Dollars in one order at most' }),
  per_run: setting(moneyText(), { about: 'Dollars in one run at most' }),
  per_day: setting(moneyText().optional(), {
    about: 'Dollars in all runs of a day (the slot’s, UTC) by the account; `per_run` where not set',
  }),
  per_month: setting(moneyText().optional(), {
    about: 'Dollars in all runs of a month by the account; 31 times `per_day` where not set',
  }),
  per_group: setting(z.record(z.string(), moneyText()), {
    about: 'Dollars in one run at most for each group (a group is the term, such as 36)',
    kind: 'map',
  }),
  listing_share: setting(shareText(), { about: 'Share of one listing at most' }),
  minimum_order: setting(moneyText(), { about: 'Dollars below which no order is sent' }),
  step: setting(moneyText('a cent'), { about: 'Dollars of which every order is a multiple' }),
});

const venueSection = z.strictObject({
  name: setting(oneOf(['lendingclub', 'replay']), {
    about: 'The market: `lendingclub`, or `replay` of an archived listing',
  }),
  url: setting(serviceUrl().optional(), {
    about: 'Address of the market’s API',
    sensitive: true,
  }),
  account: setting(accountLabelText(), {
    about:
      'Label of the account: ledger, limits, lease and kill switch are kept by it; never its id or key',
  }),
  account_id: setting(accountIdText().optional(), { about: 'The account that trades' }),
  requests_per_second: setting(numberText({ least: 0.01, most: 100 }).optional(), {
    about:
      'Requests a second to the venue, where fewer than it allows; more for a simulated market only',
  }),
  timeout_seconds: setting(numberText({ least: 1, most: 300, unit: 'seconds' }), {
    about: 'How long to wait for an answer of the venue',
  }),
  listing: setting(pathText().optional(), {
    about: 'The listing that `replay` serves: a file, or `blob:container/path`',
  }),
});

const modelSection = z.strictObject({
  name: setting(nameText('loan-risk'), {
    about: 'Name of the model in the registry; the live pointer of the stage says which version',
  }),
  directory: setting(pathText().optional(), {
    about: 'A bundle’s folder to use in place of the registry',
  }),
});

const container = (holds: string) => setting(containerName(), { about: `Container of ${holds}` });

const storageSection = z.strictObject({
  kind: setting(oneOf(['file', 'blob']), {
    about: 'Where models, own data, ledger and archive are kept: a folder, or Blob storage',
  }),
  path: setting(pathText().optional(), {
    about: 'The folder for `file`; without it every run has a fresh one',
  }),
  account_url: setting(serviceUrl().optional(), {
    about: 'Blob endpoint of the storage account, reached with the identity',
    sensitive: true,
  }),
  connection_string: setting(secretValue().optional(), {
    about: 'Connection string with a key, for accounts that must keep keys',
    secret: true,
  }),
  models_container: container('models'),
  data_container: container('own data'),
  ledger_container: container('the ledger'),
  control_container: container('lease and kill switch'),
  runs_container: container('archives, reports and decisions'),
  packages_container: container('deployed packages'),
});

const keyVaultSection = z.strictObject({
  name: setting(vaultNameText().optional(), {
    about: 'Name of the Key Vault that secrets are read from',
  }),
  url: setting(serviceUrl().optional(), {
    about: 'Its address, where that is not https://NAME.vault.azure.net',
    sensitive: true,
  }),
  keys: setting(
    z.array(textLike(/^[a-z0-9_.]+$/, 'a key such as limits.per_run'), {
      error: 'a list of keys',
    }),
    {
      about: 'Keys to read from the vault besides the secrets the settings call for',
      kind: 'list',
    },
  ),
  cache_seconds: setting(numberText({ least: 0, most: 86_400, unit: 'seconds' }), {
    about: 'How long a secret read is used before it is read again',
  }),
  timeout_seconds: setting(numberText({ least: 1, most: 120, unit: 'seconds' }), {
    about: 'How long to wait for the vault',
  }),
});

const identitySection = z.strictObject({
  kind: setting(oneOf(['managed', 'developer', 'service-principal']), {
    about:
      'Who signs in to Azure: the app’s identity, the person at the keyboard, or an application',
  }),
  client_id: setting(guidText('the client id of an identity').optional(), {
    about: 'Client id of the user-assigned identity or of the service principal',
  }),
  tenant_id: setting(guidText('the id of a tenant').optional(), {
    about: 'Tenant of the service principal',
  }),
  client_secret: setting(secretValue().optional(), {
    about: 'Secret of the service principal',
    secret: true,
  }),
  authority_url: setting(serviceUrl().optional(), {
    about: 'Where tokens come from, where that is not https://login.microsoftonline.com',
    sensitive: true,
  }),
});

const statusSection = z.strictObject({
  runs_shown: setting(numberText({ least: 1, most: 200, whole: true }), {
    about: 'How many of the last runs the status page shows',
  }),
});

/** The name under `secrets` by which a strategy’s own secret is known. */
const secretName = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

const ownDataSet = z
  .strictObject({
    name: nameText('unemployment'),
    format: oneOf(['csv', 'parquet']),
    file: pathText().optional(),
    url: downloadUrl().optional(),
    url_secret: textLike(secretName, 'the name of an entry under secrets').optional(),
    blob: blobPath().optional(),
  })
  .refine(
    (set) =>
      (['file', 'url', 'url_secret', 'blob'] as const).filter((origin) => set[origin] !== undefined)
        .length === 1,
    {
      error: 'a data set with exactly one of file, url, url_secret and blob',
    },
  );

const ownDataSetting = setting(
  z
    .array(ownDataSet, { error: 'a list of data sets' })
    .refine((sets) => new Set(sets.map((set) => set.name)).size === sets.length, {
      error: 'a list of data sets of which each has its own name',
    }),
  {
    about:
      'Own data sets: each has `name`, `format` (csv, parquet) and one of `file`, `url`, `url_secret` (a name under `secrets`), `blob` (container/path)',
    kind: 'list',
    sensitive: true,
  },
);

const secretsSetting = setting(
  z.record(
    z.string().regex(secretName, {
      error: 'a map whose names are lower-case words joined by single underscores',
    }),
    secretValue(),
  ),
  {
    about: 'The strategy’s own secrets, by name, for its own code and for `own_data`',
    kind: 'map',
    secret: true,
  },
);

/** The sections, in the order in which people read them. */
const sections = {
  strategy: strategySection,
  run: runSection,
  schedule: scheduleSection,
  limits: limitsSection,
  venue: venueSection,
  model: modelSection,
  storage: storageSection,
  key_vault: keyVaultSection,
  identity: identitySection,
  status: statusSection,
} as const;

/** Settings that stand by themselves. */
const topLevelSettings = {
  kill_switch: setting(switchText(), { about: '`true` stops all buying' }),
  trading_api_key: setting(secretValue().optional(), {
    about: 'The market’s API key',
    secret: true,
  }),
  own_data: ownDataSetting,
  secrets: secretsSetting,
} as const;

/** The whole configuration as files have it: every key known, none more. */
export const configSchema = z.strictObject({ ...sections, ...topLevelSettings });

type Sections = typeof sections;
type TopLevel = typeof topLevelSettings;

/** The configuration as code uses it: `config.values.run.lateAfterSeconds`. */
export type ConfigValues = CamelCased<z.output<typeof configSchema>>;

/** Every key, dotted as in `limits.per_order`. */
export type ConfigKey = KeyIn<Sections, TopLevel>;

/** What each key holds once it is read. */
export type ConfigValue<Key extends ConfigKey> = CamelCased<
  z.output<SchemaIn<Sections, TopLevel, Key>>
>;
export type ValuesByKey = { readonly [Key in ConfigKey]: ConfigValue<Key> };

/** The same for a program that looks keys up by their names. */
export const { knownKeys, findKey, nearestKey, keyOfSecretName } = keysOf({
  sections,
  topLevel: topLevelSettings,
  nearest,
});

export const sectionNames: readonly string[] = Object.keys(sections);
