import { MispricedError } from '@mispriced/core';
import type { OpenRotation } from './journal/journal-entry.ts';
import { isRenewed, planRotation, planUndo } from './plan/plan.ts';
import {
  lookAgain,
  note,
  runSteps,
  stateText,
  StepFailed,
  type StepRun,
  unfinished,
} from './run-steps.ts';
import { stateOf } from './steps/rotation-work.ts';

/**
 * Takes a rotation to its end, or, where a step fails before the old key died, back to its beginning.
 *
 * @throws MispricedError `ROTATION_UNDONE` where everything is as before; `ROTATION_UNFINISHED` where
 * it stopped on its way and the next call goes on.
 */
export async function finishRotation(
  run: StepRun,
  open: OpenRotation,
  stack: string,
): Promise<void> {
  try {
    await runSteps(run, planRotation(stateOf(run.work), open));
    await note(run, { entry: 'ended', result: 'rotated' });
  } catch (thrown) {
    await goBack({ run, open, stack, failed: asFailure(thrown) });
  }
}

interface Failure {
  readonly words: string;
  readonly code: string;
  readonly step: string;
}

async function goBack(args: {
  run: StepRun;
  open: OpenRotation;
  stack: string;
  failed: Failure;
}): Promise<void> {
  const { run, open, stack, failed } = args;
  const { work } = run;
  try {
    work.dependencies.onProgress(`${failed.words} Looking how things stand.`);
    await run.ensureAlone();
    await lookAgain(work);
    await note(run, { entry: 'failed', step: failed.step, code: failed.code });
    if (isRenewed(stateOf(work), open, open.from)) {
      // The old key is gone, whatever was answered: from here there is only forward.
      await runSteps(run, planRotation(stateOf(work), open));
      await note(run, { entry: 'ended', result: 'rotated' });
      return;
    }
    await runSteps(run, planUndo(stateOf(work), open) ?? []);
    await lookAgain(work);
    refuseHalf(work, open);
    await note(run, { entry: 'ended', result: 'undone', madeNow: stateOf(work).madeAt });
  } catch (thrown) {
    const also = asFailure(thrown);
    const words = `${failed.words} ${also.words === failed.words ? '' : also.words}`.trim();
    throw unfinished({ work, stack, words, open });
  }
  throw new MispricedError({
    code: 'ROTATION_UNDONE',
    message: `${failed.words} The rotation of ${work.account.name} was taken back, and all is as before:${stateText(work)}`,
    fix: `Mend that, then rotate again: npx mispriced rotate-keys --stack ${stack}`,
    retryable: true,
  });
}

/** @throws MispricedError where something still holds the newer key and could not be taken back. */
function refuseHalf({ consumers }: StepRun['work'], { to }: OpenRotation): void {
  const left = consumers.filter(({ holds }) => holds === to || holds === 'both');
  if (left.length === 0) return;
  const words = left.map(({ label, immovable }) => `${label} (${immovable ?? 'it changed again'})`);
  throw new MispricedError({
    code: 'STORE_CONFLICT',
    message: `It could not be taken back everywhere: ${words.join('; ')}.`,
    fix: 'Change what is named as it says.',
  });
}

function asFailure(thrown: unknown): Failure {
  if (thrown instanceof StepFailed) {
    return { words: thrown.words, code: thrown.reason.code, step: thrown.step.do };
  }
  const reason = thrown instanceof MispricedError ? thrown : null;
  if (reason === null) throw thrown;
  return { words: reason.message, code: reason.code, step: 'journal' };
}
