import type { StackKind } from '../stack.ts';
import type { Check } from './check.ts';
import { frequencyProblem } from './schedule.ts';

/** What would do in another kind of stack, and not in this one. */
export function checkKind(check: Check, stack: { name: string; kind: StackKind }): void {
  const { values, mend } = check;
  const { name, kind } = stack;
  // The stack local has the simulated market alone, by an address that has to be loopback.
  if (values.liveTrading === true && kind !== 'prod' && kind !== 'local') {
    const message = `${name} may not trade with real money; only prod may.`;
    mend.bySetting('liveTrading', message, 'false');
  }
  checkExpiry(check, kind);
  if (values.runSlot !== undefined && kind !== 'preview') {
    mend.byRemoving('runSlot', `${name} runs by its schedule.`);
  }
  if (values.schedule !== undefined && kind !== 'local') {
    const problem = frequencyProblem(values.schedule);
    if (problem !== null) mend.bySetting('schedule', problem);
  }
  const venueKeys = ['venueUrl', 'venueAccountId'] as const;
  for (const key of venueKeys.filter((each) => values[each] !== undefined)) {
    if (kind !== 'dev' && kind !== 'preview') continue;
    const message = `${name} replays an archived listing (config/${kind}.yaml) and asks no market.`;
    mend.byRemoving(key, message);
  }
}

function checkExpiry({ values, isMissing, now, mend }: Check, kind: StackKind): void {
  if (kind === 'preview' && isMissing('expiry')) {
    mend.bySetting('expiry', 'a preview has to say when it may be removed.');
  }
  const { expiry } = values;
  if (expiry === undefined) return;
  // A day counts to its end.
  const end = expiry.includes('T') ? new Date(expiry) : new Date(`${expiry}T23:59:59.999Z`);
  if (kind === 'prod') {
    mend.byRemoving('expiry', 'prod does not expire: a sweeper would remove what trades.');
  } else if (end < now) {
    mend.bySetting('expiry', `${expiry} is over.`);
  }
}
