import { parseStackName } from '../stack.ts';
import { type Check, mendIn, type ReadValues } from './check.ts';
import { checkKind } from './check-kind.ts';
import { checkCombinations } from './combinations.ts';
import { type Problem, removeCommand } from './problem.ts';
import { type Setting, type SettingKey, settingTable } from './setting-table.ts';
import type { Settings } from './settings.ts';

/** Settings to build from, or every reason why nothing may be built. */
export type SettingsResult = { settings: Settings } | { problems: Problem[] };

/**
 * Checks a stack's whole configuration before anything is created. All problems come at once, each
 * with the key and the command that mends it.
 *
 * `config` holds what stands under `mispriced:`, without that prefix; `commit` is the source that is
 * checked out, for where none is configured; `budgetSince` is when the budget that is there started, or
 * null, where that is known: a new one cannot start in a month that is over.
 */
export function readSettings(args: {
  stackName: string;
  config: Readonly<Record<string, string>>;
  commit: string | null;
  now: Date;
  budgetSince?: string | null | undefined;
}): SettingsResult {
  const { config, now, budgetSince } = args;
  const stack = parseStackName(args.stackName);
  const problems: Problem[] = [];
  const isNoStack = typeof stack === 'string';
  if (isNoStack) {
    problems.push({ key: 'stack', message: stack, command: 'pulumi stack select --create dev' });
  }
  // Of a stack that cannot be, the settings are those of the one that is made in its place.
  const known = isNoStack ? { name: 'dev', kind: 'dev' as const } : stack;
  const mend = mendIn(problems, { stackName: known.name, now });
  for (const key of Object.keys(config).filter((name) => !Object.hasOwn(settingTable, name))) {
    const message = `there is no such setting; there are ${Object.keys(settingTable).join(', ')}.`;
    problems.push({ key, message, command: removeCommand(key, known.name) });
  }

  const textOf = (key: SettingKey): string | undefined => {
    const entry = settingTable[key];
    return config[key] ?? ('byDefault' in entry ? entry.byDefault(known.kind) : undefined);
  };
  const read = <Key extends SettingKey>(key: Key): ReadValues[Key] => {
    const text = textOf(key);
    if (text === undefined) return undefined;
    const entry: Setting<unknown> = settingTable[key];
    const parsed = entry.schema.safeParse(text);
    // The table's own type says which value belongs to which key; the compiler cannot follow it.
    if (parsed.success) return parsed.data as ReadValues[Key];
    const what = entry.sensitive ? 'it' : JSON.stringify(text);
    mend.bySetting(key, `${what} must be ${sentenceEnd(parsed.error.issues[0]?.message ?? '')}`);
    return undefined;
  };
  const keys = Object.keys(settingTable) as SettingKey[];
  const values = Object.fromEntries(keys.map((key) => [key, read(key)])) as ReadValues;
  const isMissing = (key: SettingKey): boolean => textOf(key) === undefined;
  for (const key of ['location', 'owner'] as const) {
    if (isMissing(key)) mend.bySetting(key, 'it is not set, and there is no default.');
  }
  const check: Check = { values, isMissing, now, budgetSince, mend };
  if (!isNoStack) checkKind(check, stack);
  checkCombinations(check);
  if (isNoStack || problems.length > 0) return { problems };
  return { settings: complete({ stack, values, commit: args.commit }) };
}

function sentenceEnd(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}

function complete(args: {
  stack: Settings['stack'];
  values: ReadValues;
  commit: string | null;
}): Settings {
  const { values } = args;
  const { budgetAmount, budgetEmails, budgetStart, instanceMemoryMegabytes, ...rest } = values;
  const { venueUrl, venueAccountId } = values;
  const storageAuth = present(values.storageAuth);
  return {
    stack: args.stack,
    location: present(rest.location),
    owner: present(rest.owner),
    expiry: rest.expiry ?? null,
    commit: rest.commit ?? args.commit ?? 'unknown',
    runSlot: rest.runSlot ?? null,
    schedule: present(rest.schedule),
    timeZone: rest.timeZone ?? null,
    authorityUrl: rest.authorityUrl ?? null,
    venue: venueUrl === undefined ? null : { url: venueUrl, accountId: present(venueAccountId) },
    liveTrading: present(rest.liveTrading),
    storageAuth,
    storageRedundancy: present(rest.storageRedundancy),
    keyExpiryDays: storageAuth === 'key' ? (rest.keyExpiryDays ?? 90) : null,
    keyVaultAccess: present(rest.keyVaultAccess),
    secretsDelivery: present(rest.secretsDelivery),
    referencedSecrets: rest.referencedSecrets ?? [],
    operatorsGroupObjectId: rest.operatorsGroupObjectId ?? null,
    hybridPrincipalObjectId: rest.hybridPrincipalObjectId ?? null,
    instanceMemoryMegabytes: Number(instanceMemoryMegabytes),
    maximumInstances: present(rest.maximumInstances),
    runtimeVersion: present(rest.runtimeVersion),
    runRetentionDays: present(rest.runRetentionDays),
    packageRetentionDays: present(rest.packageRetentionDays),
    logRetentionDays: present(rest.logRetentionDays),
    budget:
      budgetAmount === undefined
        ? null
        : {
            monthlyAmount: budgetAmount,
            emails: present(budgetEmails),
            startDate: present(budgetStart),
          },
  };
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('A setting without a value passed its check.');
  return value;
}
