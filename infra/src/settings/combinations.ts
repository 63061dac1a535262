import type { Stack } from '../stack.ts';
import { type Problem, removeCommand, setCommand } from './problem.ts';
import { frequencyProblem, zoneProblem } from './schedule.ts';
import { settingTable, type SettingKey, type SettingValues } from './setting-table.ts';

/** What has been set, and how, where it could be read at all. */
export type ReadValues = { [Key in SettingKey]: SettingValues[Key] | undefined };

/**
 * What makes no sense together, although each setting by itself would do. `today` is yyyy-mm-dd.
 */
export function checkCombinations(args: {
  stack: Stack;
  values: ReadValues;
  today: string;
}): Problem[] {
  const { stack, values, today } = args;
  const { kind } = stack;
  const problems: Problem[] = [];
  const refuse = (key: SettingKey, message: string, command: string) =>
    problems.push({ key, message, command });
  const set = (key: SettingKey, value: string = settingTable[key].example) =>
    setCommand(key, value, stack.name);
  const remove = (key: SettingKey) => removeCommand(key, stack);

  // The stack local has the simulated market alone, by an address that has to be loopback.
  if (values.liveTrading === true && kind !== 'prod' && kind !== 'local') {
    refuse(
      'liveTrading',
      `${stack.name} may not trade with real money; only prod may.`,
      set('liveTrading', 'false'),
    );
  }
  if (kind === 'preview' && values.expiry === undefined) {
    refuse(
      'expiry',
      'a preview has to say when it may be removed.',
      set('expiry', plusDays(today, 7)),
    );
  }
  if (kind === 'prod' && values.expiry !== undefined) {
    refuse('expiry', 'prod does not expire: a sweeper would remove what trades.', remove('expiry'));
  } else if (values.expiry !== undefined && values.expiry < today) {
    refuse('expiry', `${values.expiry} is over.`, set('expiry', plusDays(today, 7)));
  }
  if (values.runSlot !== undefined && kind !== 'preview') {
    refuse('runSlot', `${stack.name} runs by its schedule.`, remove('runSlot'));
  }
  if (values.keyExpiryDays !== undefined && values.storageAuth === 'identity') {
    refuse('keyExpiryDays', 'no key is in use, so none can get old.', remove('keyExpiryDays'));
  }
  if (values.secretsDelivery === 'hybrid' && values.hybridPrincipalObjectId === undefined) {
    refuse(
      'hybridPrincipalObjectId',
      'the hybrid way needs the service principal that reads the vault.',
      set('hybridPrincipalObjectId'),
    );
  }
  if (values.hybridPrincipalObjectId !== undefined && isOther(values.secretsDelivery, 'hybrid')) {
    refuse(
      'hybridPrincipalObjectId',
      `a principal that the ${String(values.secretsDelivery)} way does not need would get to read secrets.`,
      remove('hybridPrincipalObjectId'),
    );
  }
  if (
    values.hybridPrincipalObjectId !== undefined &&
    values.hybridPrincipalObjectId === values.operatorsGroupObjectId
  ) {
    refuse(
      'hybridPrincipalObjectId',
      'it is the operators group: the app would get to write secrets.',
      set('hybridPrincipalObjectId'),
    );
  }
  if (values.secretsDelivery === 'reference' && values.referencedSecrets === undefined) {
    refuse(
      'referencedSecrets',
      'the reference way needs the names of the secrets.',
      set('referencedSecrets'),
    );
  }
  if (values.referencedSecrets !== undefined && isOther(values.secretsDelivery, 'reference')) {
    refuse(
      'referencedSecrets',
      `the ${String(values.secretsDelivery)} way makes no references of its own.`,
      remove('referencedSecrets'),
    );
  }
  if (values.schedule !== undefined && kind !== 'local') {
    const problem = frequencyProblem(values.schedule);
    if (problem !== null) refuse('schedule', problem, set('schedule'));
  }
  if (values.schedule !== undefined && values.timeZone !== undefined) {
    const problem = zoneProblem(values.schedule, values.timeZone);
    if (problem !== null) refuse('timeZone', problem, remove('timeZone'));
  }
  const venueKeys = ['venueUrl', 'venueAccountId'] as const;
  for (const key of venueKeys.filter((each) => values[each] !== undefined)) {
    if (kind !== 'dev' && kind !== 'preview') continue;
    const message = `${stack.name} replays an archived listing (config/${kind}.yaml) and asks no market.`;
    refuse(key, message, remove(key));
  }
  if ((values.venueUrl === undefined) !== (values.venueAccountId === undefined)) {
    const missing = values.venueUrl === undefined ? 'venueUrl' : 'venueAccountId';
    refuse(missing, 'a market needs its address and an account.', set(missing));
  }
  return [...problems, ...checkBudget({ values, set, remove })];
}

function checkBudget(args: {
  values: ReadValues;
  set: (key: SettingKey, value?: string) => string;
  remove: (key: SettingKey) => string;
}): Problem[] {
  const { values, set, remove } = args;
  const problems: Problem[] = [];
  for (const key of ['budgetEmails', 'budgetStart'] as const) {
    if (values.budgetAmount !== undefined && values[key] === undefined) {
      const message = 'a budget needs an amount, addresses to write to, and a first month.';
      problems.push({ key, message, command: set(key) });
    }
    if (values.budgetAmount === undefined && values[key] !== undefined) {
      problems.push({
        key,
        message: 'there is no budgetAmount to go with it.',
        command: remove(key),
      });
    }
  }
  if (values.budgetStart !== undefined && !values.budgetStart.endsWith('-01')) {
    const message = `a budget starts on the first of a month, not on ${values.budgetStart}.`;
    const command = set('budgetStart', `${values.budgetStart.slice(0, 8)}01`);
    problems.push({ key: 'budgetStart', message, command });
  }
  return problems;
}

function isOther(chosen: string | undefined, mode: string): boolean {
  return chosen !== undefined && chosen !== mode;
}

function plusDays(date: string, count: number): string {
  const later = new Date(`${date}T00:00:00Z`);
  later.setUTCDate(later.getUTCDate() + count);
  return later.toISOString().slice(0, 10);
}
