import type { RunLease } from '@mispriced/core';
import { keyNames, type StorageAccount } from './account/storage-account.ts';
import { tryKey } from './azure/try-key.ts';
import type { Readings } from './consumers/readings.ts';
import { findUse } from './consumers/survey.ts';
import type { KeyEnvironment } from './environment.ts';
import { madeInVain, type OpenRotation, openRotationIn } from './journal/journal-entry.ts';
import { type Journal, openJournal } from './journal/journal.ts';
import type { Timeouts } from './timeouts.ts';
import { directionOf, planRepair, planRotation } from './plan/plan.ts';
import { ageSeconds, brokenConsumers, isBroken, lacksFirstKey } from './plan/refusals.ts';
import type { Step } from './plan/step.ts';
import type { AccountStatus } from './result.ts';
import type { RotationOptions } from './rotation-options.ts';
import type { RotationDependencies } from './rotation-dependencies.ts';
import { type RotationWork, stateOf } from './steps/rotation-work.ts';

/** What a call works with. */
export interface Rotating {
  readonly options: RotationOptions;
  readonly dependencies: RotationDependencies;
  readonly timeouts: Timeouts;
  readonly environment: KeyEnvironment;
  readonly lock: RunLease | null;
}

/** An account with what is to be done about it. */
export interface Intent {
  readonly work: RotationWork;
  readonly journal: Journal;
  readonly open: OpenRotation | null;
  /** When those keys were made that undone rotations made. */
  readonly madeInVain: OpenRotation['madeBefore'];
  readonly status: AccountStatus;
  readonly steps: readonly Step[];
  readonly notes: readonly string[];
}

/** Decides what is to be done about an account, from what is there and what was left open. */
export async function intentOf(args: {
  rotating: Rotating;
  readings: Readings;
  account: StorageAccount;
}): Promise<Intent> {
  const { rotating, readings, account } = args;
  const { options, dependencies, environment, timeouts } = rotating;
  const { consumers, apps } = findUse(account, readings);
  const work: RotationWork = {
    environment,
    dependencies,
    timeouts,
    account,
    consumers,
    apps,
    marginSeconds: options.marginSeconds,
    formerKeys: new Set(),
    restarts: [],
    toldAt: new Map(),
    allKeysDead: consumers.length > 0 && consumers.every(isBroken),
  };
  const { objects } = environment;
  const journal = openJournal({ objects, accountName: account.name, dependencies });
  const entries = await journal.read();
  const open = openRotationIn(entries);
  const state = stateOf(work);
  const intend = (
    status: AccountStatus,
    steps: readonly Step[],
    notes: readonly string[] = [],
  ) => ({
    work,
    journal,
    open,
    status,
    steps,
    notes,
    madeInVain: madeInVain(entries),
  });
  if (!account.sharedKeyAllowed && (options.repair || !options.anyway) && open === null) {
    return intend('no-key-in-use', [], await proveNoKey(work));
  }
  if (options.repair) return intend('repaired', planRepair(state));
  if (open !== null) return intend('rotated', planRotation(state, open));
  if (lacksFirstKey(consumers)) return intend('first-key', planRepair(state));
  const { maxAgeDays } = options;
  // Keys that were reset are young, and what was broken by that must not be passed over.
  if (maxAgeDays !== null && brokenConsumers(consumers).length === 0) {
    const ages = keyNames.map((name) => ageSeconds(state, name, dependencies.now()) ?? Infinity);
    if (Math.max(...ages) < maxAgeDays * 86_400) return intend('young', []);
  }
  const direction = directionOf(state);
  if (direction === null) return intend('rotated', []);
  const begun = { rotation: '', account: account.name, ...direction, madeBefore: state.madeAt };
  return intend('rotated', planRotation(state, begun));
}

/** In identity mode: what shows that no key opens anything. */
async function proveNoKey(work: RotationWork): Promise<readonly string[]> {
  const { account, consumers } = work;
  const answer = await tryKey(account, account.keys.key1.value);
  return [
    'the account does not allow its keys (allowSharedKeyAccess is false)',
    answer === 'not-permitted'
      ? 'storage refused a request that was signed with one'
      : `storage answered a request that was signed with one as if keys counted (${answer}): the setting may be new`,
    consumers.length === 0
      ? 'no secret and no setting holds one'
      : `of no use, but still there: ${consumers.map(({ label }) => label).join(', ')}`,
  ];
}
