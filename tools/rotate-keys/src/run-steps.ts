import { asMispricedError, MispricedError } from '@mispriced/core';
import { findUse } from './consumers/survey.ts';
import { keyOperator } from './azure/storage-keys.ts';
import { readAccount, readEnvironment } from './environment.ts';
import type { JournalEntry, OpenRotation } from './journal/journal-entry.ts';
import type { Journal } from './journal/journal.ts';
import { holdsText } from './plan/refusals.ts';
import { type Step, stepText } from './plan/step.ts';
import { type RotationWork } from './steps/rotation-work.ts';
import { takeStep } from './steps/take-step.ts';

/** What a sequence of steps is taken with. */
export interface StepRun {
  readonly work: RotationWork;
  readonly journal: Journal;
  readonly rotation: string;
  /** @throws MispricedError where somebody else may have begun. */
  readonly ensureAlone: () => Promise<void>;
  /** What was taken, in words. */
  readonly taken: string[];
}

/** Adds a line about a rotation to its journal. */
export async function note(
  run: Pick<StepRun, 'work' | 'journal' | 'rotation'>,
  entry: NewEntry,
): Promise<void> {
  const { work, journal, rotation } = run;
  const at = work.dependencies.now().toISOString();
  await journal.add({ at, rotation, account: work.account.name, ...entry });
}

type Without<Entry> = Entry extends unknown ? Omit<Entry, 'at' | 'rotation' | 'account'> : never;
type NewEntry = Without<JournalEntry>;

/**
 * Takes one step after the other and writes each down before and after.
 *
 * @throws StepFailed at the first that fails.
 */
export async function runSteps(run: StepRun, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const text = stepText(step);
    try {
      await run.ensureAlone();
      run.work.dependencies.onProgress(text);
      await note(run, { entry: 'doing', step: text });
      // The one step that cannot be taken back: what began to use the key meanwhile must be seen.
      if (step.do === 'renew-key') await lookAgain(run.work);
      await takeStep(run.work, step);
      await note(run, { entry: 'done', step: text });
      run.taken.push(text);
    } catch (thrown) {
      throw new StepFailed(step, thrown);
    }
  }
}

/** A step did not succeed. */
export class StepFailed extends Error {
  readonly step: Step;
  readonly reason: MispricedError;

  constructor(step: Step, thrown: unknown) {
    const reason = asMispricedError(thrown);
    super(reason.message, { cause: thrown });
    this.step = step;
    this.reason = reason;
  }

  /** What was tried, why it failed, and what to do about it. */
  get words(): string {
    return `The attempt to ${stepText(this.step)} failed: ${this.reason.message} ${fixOf(this.step, this.reason)}`;
  }
}

function fixOf(step: Step, reason: MispricedError): string {
  if (step.do === 'renew-key' && reason.code === 'CREDENTIAL_REFUSED') {
    return `To regenerate keys takes the role ${keyOperator} on the account.`;
  }
  return reason.code === 'DEPLOYMENT_FAILED' ? 'Azure may be busy: try again later.' : reason.fix;
}

/** Reads keys and consumers anew, for what failed may have happened all the same. */
export async function lookAgain(work: RotationWork): Promise<void> {
  const { environment } = work;
  const listed = environment.accounts.find(({ id }) => id === work.account.id);
  if (listed === undefined) return;
  const account = await readAccount(environment.arm, listed);
  const use = findUse(account, await readEnvironment(environment));
  work.account = account;
  work.consumers = use.consumers;
  work.apps = use.apps;
}

/** Which key everything has, in words; nothing in it is a key. */
export function stateText(work: RotationWork): string {
  const { key1, key2 } = work.account.keys;
  const made = (at: string | null) => at ?? 'before Azure kept note';
  return [
    `key1 of ${work.account.name} was made ${made(key1.createdAt)}, key2 ${made(key2.createdAt)}`,
    ...work.consumers.map(({ label, holds }) => `${label} ${holdsText(holds)}`),
  ]
    .map((line) => `\n  ${line}`)
    .join('');
}

/** A rotation that stopped on its way, and can go on. */
export function unfinished(args: {
  work: RotationWork;
  stack: string;
  words: string;
  open: OpenRotation | null;
}): MispricedError {
  const { work, stack, words } = args;
  return new MispricedError({
    code: 'ROTATION_UNFINISHED',
    message: `${words} The rotation of ${work.account.name} is not finished:${stateText(work)}`,
    fix: `Mend that, then give the command again, which goes on from here: npx mispriced rotate-keys --stack ${stack}`,
    retryable: true,
  });
}
