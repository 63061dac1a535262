import { randomUUID } from 'node:crypto';
import { MispricedError } from '@mispriced/core';
import type { StorageAccount } from './account/storage-account.ts';
import { keyOperator, type ListedAccount } from './azure/storage-keys.ts';
import { appRefusals } from './check-apps.ts';
import type { Readings } from './consumers/readings.ts';
import { findUse } from './consumers/survey.ts';
import {
  type KeyEnvironment,
  openKeyEnvironment,
  readAccount,
  readEnvironment,
} from './environment.ts';
import { type Intent, intentOf, type Rotating } from './intent.ts';
import type { OpenRotation } from './journal/journal-entry.ts';
import { defaultTimeouts } from './timeouts.ts';
import { directionOf, planRepair } from './plan/plan.ts';
import { brokenConsumers, keyRefusals, type Refusal } from './plan/refusals.ts';
import { type Step, stepText } from './plan/step.ts';
import type { AccountResult, AccountStatus, RotationResult } from './result.ts';
import { finishRotation } from './rotate-account.ts';
import type { RotationOptions } from './rotation-options.ts';
import type { RotationDependencies } from './rotation-dependencies.ts';
import { lookAgain, note, runSteps, StepFailed, type StepRun, unfinished } from './run-steps.ts';
import { type RotationWork, stateOf } from './steps/rotation-work.ts';
import { stillAlone, takeLock } from './take-lock.ts';

/**
 * Gives an environment's storage accounts new keys without costing a run, or mends what holds a dead
 * one. A rotation that was killed is finished by the next call.
 *
 * Needs, besides Reader: Storage Account Key Operator Service Role and Storage Blob Data Contributor on
 * the accounts, Website Contributor on the apps, and `get`, `list`, `set` and `recover` on secrets.
 *
 * @throws MispricedError `ROTATION_REFUSED`, `ROTATION_BUSY` or `KEYS_BROKEN` before anything is
 * changed; `ROTATION_UNDONE` or `ROTATION_UNFINISHED` after.
 */
export async function rotateKeys(
  options: RotationOptions,
  dependencies: RotationDependencies,
): Promise<RotationResult> {
  const timeouts = options.timeouts ?? defaultTimeouts;
  const environment = await openKeyEnvironment(options, dependencies);
  const lock = options.dryRun ? null : await takeLock(environment, dependencies, timeouts);
  try {
    return await rotateAll({ options, dependencies, timeouts, environment, lock });
  } finally {
    await lock?.release().catch(() => undefined);
  }
}

async function rotateAll(rotating: Rotating): Promise<RotationResult> {
  const { options, environment, dependencies } = rotating;
  const { stack } = options;
  const readings = await readEnvironment(environment);
  const listed = environment.accounts.filter(
    ({ name }) => options.only === null || name === options.only,
  );
  if (listed.length === 0) throw noSuchAccount(environment, options);
  const intents: Intent[] = [];
  const unread: AccountResult[] = [];
  for (const each of listed) {
    const account = await readUnlessNeedless(environment, each, options);
    if (account === null) unread.push(withoutKeys(each.name));
    else intents.push(await intentOf({ rotating, readings, account }));
  }
  const beginning = intents.filter(({ status, open }) => status === 'rotated' && open === null);
  const refusals = [
    ...beginning.flatMap((intent) => standingAgainst(intent, rotating)),
    ...(await appRefusals({
      environment,
      readings,
      marginSeconds: options.marginSeconds,
      now: dependencies.now(),
      accounts: beginning.map(({ work }) => work.account),
    })),
  ];
  const broken = intents.flatMap(({ work, status, open }) =>
    status === 'rotated' && open !== null ? brokenConsumers(work.consumers) : [],
  );
  if (broken.length > 0) {
    refusals.push(
      ...broken.map(({ label }): Refusal => ({
        reason: 'broken',
        message: `${label} holds no key that lives, and a rotation is under way.`,
        fix: `npx mispriced rotate-keys --stack ${stack} --repair`,
      })),
    );
  }
  for (const { work } of intents) warnOfSignatures(work, readings, dependencies);
  if (refusals.length > 0 && !options.dryRun) throw refused(refusals);
  const accounts: AccountResult[] = [...unread];
  for (const intent of intents) {
    accounts.push(await carryOut(rotating, intent, readings, refusals));
  }
  const isWritten = accounts.some(({ steps }) => steps.length > 0) && !options.dryRun;
  const journal = isWritten ? (intents[0]?.journal.location ?? null) : null;
  return { stack, app: environment.home.site.name, journal, accounts };
}

/** Null where nobody may read the keys of an account that takes none, which is how it should be. */
async function readUnlessNeedless(
  { arm }: KeyEnvironment,
  account: ListedAccount,
  { anyway }: RotationOptions,
): Promise<StorageAccount | null> {
  try {
    return await readAccount(arm, account);
  } catch (thrown) {
    const isRefused = thrown instanceof MispricedError && thrown.code === 'CREDENTIAL_REFUSED';
    if (isRefused && !account.sharedKeyAllowed && !anyway) return null;
    throw thrown;
  }
}

function withoutKeys(account: string): AccountResult {
  return {
    account,
    status: 'no-key-in-use',
    keysMadeAt: { key1: null, key2: null },
    consumers: [],
    signatures: [],
    steps: [],
    restarts: [],
    notes: [
      'the account does not allow its keys (allowSharedKeyAccess is false)',
      `whether something still holds one was not looked at: to read the keys takes the role ${keyOperator}`,
    ],
  };
}

/** What of an account's keys and consumers stands against beginning now. */
function standingAgainst(
  { work, madeInVain }: Intent,
  { options, dependencies }: Rotating,
): readonly Refusal[] {
  return keyRefusals({ ...options, state: stateOf(work), now: dependencies.now(), madeInVain });
}

async function carryOut(
  rotating: Rotating,
  intent: Intent,
  readings: Readings,
  refusals: readonly Refusal[],
): Promise<AccountResult> {
  const { options, dependencies } = rotating;
  const { work, journal, status } = intent;
  const taken: string[] = [];
  const finish = (ended: AccountStatus, steps: readonly string[], notes = intent.notes) => ({
    account: work.account.name,
    status: ended,
    keysMadeAt: stateOf(work).madeAt,
    consumers: work.consumers.map(({ label, holds }) => ({ label, holds })),
    signatures: findUse(work.account, readings).signatures,
    steps,
    restarts: work.restarts,
    notes,
  });
  if (intent.steps.length === 0) return finish(status, []);
  if (options.dryRun) {
    const notes = refusals.map(({ message, fix }) => `stands against it now: ${message} ${fix}`);
    return finish('planned', intent.steps.map(stepText), [...intent.notes, ...notes]);
  }
  // The account before this one may have taken long.
  await lookAgain(work);
  if (status === 'rotated' && intent.open === null) {
    const against = standingAgainst(intent, rotating);
    if (against.length > 0) throw refused(against, work.account.name);
  }
  const open = intent.open ?? newRotation(work);
  const run: StepRun = {
    work,
    journal,
    taken,
    rotation: open.rotation,
    ensureAlone: () => stillAlone(rotating.lock),
  };
  if (intent.open !== null) dependencies.onProgress(`going on with the rotation ${open.rotation}`);
  if (status !== 'rotated') {
    const steps = await mend(run, intent, options.stack);
    refuseLeftOver(work, options.stack);
    if (intent.open !== null) await note(run, { entry: 'ended', result: 'repaired' });
    const changed = work.restarts.length > 0 || steps.some((step) => step.do.startsWith('move-s'));
    const isSound = status === 'repaired' && !changed;
    return finish(isSound ? 'sound' : status, taken);
  }
  if (intent.open === null) {
    const { from, to, madeBefore } = open;
    await note(run, { entry: 'began', from, to, madeBefore });
  }
  await finishRotation(run, open, options.stack);
  return finish('rotated', taken);
}

/** Writes a living key where none is. What fails is tried again by the next call. */
async function mend(run: StepRun, intent: Intent, stack: string): Promise<readonly Step[]> {
  const steps = planRepair(stateOf(run.work));
  try {
    await runSteps(run, steps);
    return steps;
  } catch (thrown) {
    if (!(thrown instanceof StepFailed)) throw thrown;
    await lookAgain(run.work).catch(() => undefined);
    throw unfinished({ work: run.work, stack, words: thrown.words, open: intent.open });
  }
}

/** @throws MispricedError where something holds no key that lives and could not be given one. */
function refuseLeftOver(work: RotationWork, stack: string): void {
  const left = brokenConsumers(work.consumers);
  if (left.length === 0) return;
  const words = left.map(
    ({ label, immovable }) => `${label} could not be mended: ${immovable ?? ''}.`,
  );
  throw unfinished({ work, stack, words: words.join(' '), open: null });
}

function newRotation(work: RotationWork): OpenRotation {
  const state = stateOf(work);
  const direction = directionOf(state) ?? { from: 'key1' as const, to: 'key2' as const };
  const account = work.account.name;
  return { rotation: randomUUID(), account, ...direction, madeBefore: state.madeAt };
}

function warnOfSignatures(
  work: RotationWork,
  readings: Readings,
  dependencies: RotationDependencies,
): void {
  for (const { label, kind, expiresAt } of findUse(work.account, readings).signatures) {
    dependencies.onProgress(
      `${label} holds a shared-access signature (${kind}, until ${expiresAt ?? 'a stored policy ends it'}): it dies with the keys of ${work.account.name}`,
    );
  }
}

function refused(refusals: readonly Refusal[], accountName?: string): MispricedError {
  const lines = refusals.map(({ message, fix }) => `\n  ${message}\n    To mend: ${fix}`);
  const isBroken = refusals.some(({ reason }) => reason === 'broken');
  const whose = accountName === undefined ? '' : ` of ${accountName}`;
  return new MispricedError({
    code: isBroken ? 'KEYS_BROKEN' : 'ROTATION_REFUSED',
    message: `The keys${whose} were not rotated, and nothing${whose} was changed:${lines.join('')}`,
    fix: 'Mend each as it says; docs/rotate-keys.md has more about every one.',
    retryable: refusals.every(({ reason }) => reason === 'slot-due' || reason === 'too-young'),
  });
}

function noSuchAccount(environment: KeyEnvironment, { only }: RotationOptions): MispricedError {
  const names = environment.accounts.map(({ name }) => name).join(', ');
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: `The stack ${environment.stack} has no storage account ${only ?? ''}: it has ${names}.`,
    fix: 'Name one of these with --only, or leave it away.',
  });
}
