import type { StackKind } from '../stack.ts';
import { location } from './locations.ts';
import {
  accountId,
  calendarDate,
  dayOrMoment,
  email,
  list,
  loopbackAddress,
  marketAddress,
  objectId,
  oneOf,
  owner,
  type Parser,
  secretName,
  utcMoment,
  wholeNumber,
  yesOrNo,
} from './parsers.ts';
import { schedule, timeZone } from './schedule.ts';
import { keyVaultAccessModes, secretsDeliveryModes, storageAuthModes } from './settings.ts';

/** One setting: how it is read, what it is when nothing is set, and a value that would do. */
export interface Setting<T> {
  parse: Parser<T>;
  /** Left out where the setting has no value of its own until it is set. */
  byDefault?: (kind: StackKind) => string | undefined;
  example: string;
}

function setting<T>(parse: Parser<T>, example: string, byDefault?: string): Setting<T> {
  return { parse, example, ...(byDefault !== undefined && { byDefault: () => byDefault }) };
}

const days = (from: number, to: number) => wholeNumber({ from, to, unit: 'days' });

/** Every key that may stand under `mispriced:` in a stack's configuration. Anything else is a typo. */
export const settingTable = {
  location: setting(location, 'westeurope'),
  owner: setting(owner, 'you@example.com'),
  expiry: setting(dayOrMoment, '2030-01-31'),
  runSlot: setting(utcMoment, '2030-01-02T15:25:03Z'),
  commit: setting(
    (text) =>
      /^[0-9a-f]{7,40}$/.test(text) ? { value: text } : { wrong: `"${text}" is no commit.` },
    'b095c8f',
  ),
  schedule: setting(schedule, '3 25 15 * * *', '3 25 15 * * *'),
  timeZone: setting(timeZone, 'America/New_York'),
  authorityUrl: setting(loopbackAddress, 'https://localhost:8701'),
  venueUrl: setting(marketAddress, 'https://api.example.com/api/investor/v1'),
  venueAccountId: setting(accountId, '70001'),
  liveTrading: setting(yesOrNo, 'false', 'false'),
  storageAuth: setting(oneOf(storageAuthModes), 'identity', 'identity'),
  storageRedundancy: {
    parse: oneOf(['lrs', 'zrs']),
    example: 'lrs',
    byDefault: (kind) => (kind === 'prod' ? 'zrs' : 'lrs'),
  } satisfies Setting<'lrs' | 'zrs'>,
  keyExpiryDays: setting(days(7, 365), '90'),
  keyVaultAccess: setting(oneOf(keyVaultAccessModes), 'policies', 'policies'),
  secretsDelivery: setting(oneOf(secretsDeliveryModes), 'code', 'code'),
  referencedSecrets: setting(list(secretName), 'trading-api-key'),
  operatorsGroupObjectId: setting(objectId, '00000000-0000-0000-0000-000000000000'),
  hybridPrincipalObjectId: setting(objectId, '00000000-0000-0000-0000-000000000000'),
  // What the plan offers: a quarter of a core, one core, two cores.
  instanceMemoryMegabytes: setting(oneOf(['512', '2048', '4096']), '2048', '2048'),
  maximumInstances: setting(wholeNumber({ from: 40, to: 1000, unit: 'instances' }), '40', '40'),
  runtimeVersion: setting(oneOf(['22', '24']), '22', '22'),
  runRetentionDays: {
    parse: days(1, 3650),
    example: '365',
    byDefault: (kind) => (kind === 'prod' ? '365' : kind === 'preview' ? '7' : '90'),
  } satisfies Setting<number>,
  packageRetentionDays: setting(days(30, 3650), '180', '180'),
  logRetentionDays: setting(days(30, 730), '30', '30'),
  budgetAmount: setting(
    wholeNumber({ from: 1, to: 1_000_000, unit: 'whole units of money' }),
    '50',
  ),
  budgetEmails: setting(list(email), 'you@example.com'),
  // Another example is made of the day on which it is needed.
  budgetStart: setting(calendarDate, '2030-01-01'),
} satisfies Record<string, Setting<unknown>>;

/** A key under `mispriced:`. */
export type SettingKey = keyof typeof settingTable;

/** What each setting's text is read as. */
export type SettingValues = {
  [Key in SettingKey]: (typeof settingTable)[Key] extends Setting<infer Value> ? Value : never;
};
