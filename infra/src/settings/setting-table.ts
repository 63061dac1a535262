import { scheduleText } from '@mispriced/config/schedule/ncrontab';
import {
  accountIdText,
  dateText,
  loopbackUrl,
  numberText,
  serviceUrl,
  switchText,
  textLike,
} from '@mispriced/config/schema/text-values';
import { oneOf, timeZoneText } from '@mispriced/config/schema/words';
import type { z } from 'zod';
import type { StackKind } from '../stack.ts';
import { locationText } from './locations.ts';
import { keyVaultAccessModes, secretsDeliveryModes, storageAuthModes } from './settings.ts';
import { dayOrMomentText, listText, objectIdText, utcMomentText } from './texts.ts';

/** One setting: how it is read, what it is when nothing is set, and a value that would do. */
export interface Setting<T> {
  schema: z.ZodType<T>;
  /** Left out where the setting has no value of its own until it is set. */
  byDefault?: (kind: StackKind) => string | undefined;
  example: string;
  /** True where people put secrets by mistake (addresses): a wrong value is not repeated. */
  sensitive?: true;
}

function setting<T>(schema: z.ZodType<T>, example: string, byDefault?: string): Setting<T> {
  return { schema, example, ...(byDefault !== undefined && { byDefault: () => byDefault }) };
}

const wholeNumber = (least: number, most: number, unit: string) =>
  numberText({ least, most, unit, whole: true });
const days = (least: number, most: number) => wholeNumber(least, most, 'days');

const ownerText = textLike(
  /^[^<>%&\\?/]{1,128}$/,
  'a text that a tag can hold: 1 to 128 characters, none of < > % & \\ ? /',
);

/** A name of ours in Key Vault: `key` or `section--key`, with `-` where the configuration has `_`. */
const secretNameText = textLike(
  /^(?=.{1,127}$)[a-z][a-z0-9]*(-[a-z0-9]+)*(--[a-z][a-z0-9]*(-[a-z0-9]+)*)*$/,
  'the name of a secret, such as trading-api-key',
);

const emailText = textLike(/^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/, 'an e-mail address');

/** Every key that may stand under `mispriced:` in a stack's configuration. Anything else is a typo. */
export const settingTable = {
  location: setting(locationText(), 'westeurope'),
  owner: setting(ownerText, 'you@example.com'),
  expiry: setting(dayOrMomentText(), '2030-01-31'),
  runSlot: setting(utcMomentText(), '2030-01-02T15:25:03Z'),
  commit: setting(textLike(/^[0-9a-f]{7,40}$/, 'a commit, such as b095c8f'), 'b095c8f'),
  schedule: setting(scheduleText(), '3 25 15 * * *', '3 25 15 * * *'),
  timeZone: setting(timeZoneText(), 'America/New_York'),
  authorityUrl: { ...setting(loopbackUrl(), 'https://localhost:8701'), sensitive: true },
  venueUrl: {
    ...setting(serviceUrl(), 'https://api.example.com/api/investor/v1'),
    sensitive: true,
  },
  venueAccountId: setting(accountIdText(), '70001'),
  liveTrading: setting(switchText(), 'false', 'false'),
  storageAuth: setting(oneOf(storageAuthModes), 'identity', 'identity'),
  storageRedundancy: {
    schema: oneOf(['lrs', 'zrs']),
    example: 'lrs',
    byDefault: (kind) => (kind === 'prod' ? 'zrs' : 'lrs'),
  } satisfies Setting<'lrs' | 'zrs'>,
  keyExpiryDays: setting(days(7, 365), '90'),
  keyVaultAccess: setting(oneOf(keyVaultAccessModes), 'policies', 'policies'),
  secretsDelivery: setting(oneOf(secretsDeliveryModes), 'code', 'code'),
  referencedSecrets: setting(listText(secretNameText), 'trading-api-key'),
  operatorsGroupObjectId: setting(objectIdText(), '00000000-0000-0000-0000-000000000000'),
  hybridPrincipalObjectId: setting(objectIdText(), '00000000-0000-0000-0000-000000000000'),
  // What the plan offers: a quarter of a core, one core, two cores.
  instanceMemoryMegabytes: setting(oneOf(['512', '2048', '4096']), '2048', '2048'),
  maximumInstances: setting(wholeNumber(40, 1000, 'instances'), '40', '40'),
  runtimeVersion: setting(oneOf(['22', '24']), '22', '22'),
  runRetentionDays: {
    schema: days(1, 3650),
    example: '365',
    byDefault: (kind) => (kind === 'prod' ? '365' : kind === 'preview' ? '7' : '90'),
  } satisfies Setting<number>,
  packageRetentionDays: setting(days(30, 3650), '180', '180'),
  logRetentionDays: setting(days(30, 730), '30', '30'),
  budgetAmount: setting(wholeNumber(1, 1_000_000, 'units of money'), '50'),
  budgetEmails: setting(listText(emailText), 'you@example.com'),
  // Another example is made of the day on which it is needed.
  budgetStart: setting(dateText(), '2030-01-01'),
} satisfies Record<string, Setting<unknown>>;

/** A key under `mispriced:`. */
export type SettingKey = keyof typeof settingTable;

/** What each setting's text is read as. */
export type SettingValues = {
  [Key in SettingKey]: (typeof settingTable)[Key] extends Setting<infer Value> ? Value : never;
};
