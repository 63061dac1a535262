import { keyNames, type KeyName } from '../account/storage-account.ts';
import type { Consumer } from '../consumers/consumer.ts';
import { directionOf, type KeyState } from './plan.ts';

/** Why a rotation does not begin, and what to do about it. */
export interface Refusal {
  readonly reason: 'broken' | 'unmovable' | 'both-in-use' | 'too-young' | 'unhealthy' | 'slot-due';
  readonly message: string;
  readonly fix: string;
}

/** What holds a key that lives, or may. */
const unbroken: readonly Consumer['holds'][] = ['key1', 'key2', 'both', 'unseen'];

/** Consumers that hold no key that lives. */
export function brokenConsumers(consumers: readonly Consumer[]): readonly Consumer[] {
  return consumers.filter(isBroken);
}

/** Whether it has no key that lives. */
export function isBroken({ holds }: Consumer): boolean {
  return !unbroken.includes(holds);
}

/** Whether nothing is wrong but that the stack's secret was never written: a new environment. */
export function lacksFirstKey(consumers: readonly Consumer[]): boolean {
  const broken = brokenConsumers(consumers);
  return (
    broken.length > 0 && broken.every((each) => each.kind === 'secret' && each.holds === 'missing')
  );
}

/** What of the keys and their consumers stands against beginning a rotation. */
export function keyRefusals(args: {
  state: KeyState;
  now: Date;
  graceSeconds: number;
  stack: string;
  /** When those keys were made that undone rotations made, and left unused. */
  madeInVain: KeyState['madeAt'];
}): readonly Refusal[] {
  const { state, stack } = args;
  const refusals: Refusal[] = brokenConsumers(state.consumers).map(({ label, holds }) => ({
    reason: 'broken',
    message: `${label} ${holdsText(holds)}.`,
    fix: `npx mispriced rotate-keys --stack ${stack} --repair`,
  }));
  for (const { label, holds, immovable } of state.consumers) {
    if (immovable === null) continue;
    refusals.push({
      reason: 'unmovable',
      message: `${label} ${holdsText(holds)} and cannot be moved: ${immovable}.`,
      fix: 'Change it as said, or take the key out of it.',
    });
  }
  if (refusals.length === 0 && directionOf(state) === null) {
    refusals.push({
      reason: 'both-in-use',
      message:
        'Both keys are in use, so neither may be regenerated before everything has the same.',
      fix: `npx mispriced rotate-keys --stack ${stack} --repair`,
    });
  }
  return [...refusals, ...youngRefusals(args)];
}

function youngRefusals(args: Parameters<typeof keyRefusals>[0]): Refusal[] {
  return keyNames.flatMap((name): Refusal[] => {
    const made = args.state.madeAt[name];
    // Nothing is on its way to a key that was made and taken back.
    if (made !== null && made === args.madeInVain[name]) return [];
    const age = ageSeconds(args.state, name, args.now);
    if (age === null || age >= args.graceSeconds) return [];
    return [
      {
        reason: 'too-young',
        message: `${name} was made ${Math.max(0, Math.round(age))} seconds ago, and something may still be on its way to it.`,
        fix: `Rotate when it is ${args.graceSeconds} seconds old, or say how old is enough with --grace-seconds.`,
      },
    ];
  });
}

/** How old a key is; null where nobody knows, which is old. */
export function ageSeconds(
  { madeAt }: Pick<KeyState, 'madeAt'>,
  name: KeyName,
  now: Date,
): number | null {
  const made = madeAt[name];
  return made === null ? null : (now.getTime() - new Date(made).getTime()) / 1000;
}

/** What a consumer holds, in words. */
export function holdsText(holds: Consumer['holds']): string {
  const words: Readonly<Record<Consumer['holds'], string>> = {
    key1: 'holds key1',
    key2: 'holds key2',
    both: 'holds both keys',
    unseen: 'may hold a key',
    dead: 'holds a key that is dead',
    missing: 'is not there',
    deleted: 'was deleted',
    disabled: 'is disabled',
    garbage: 'holds something that opens nothing',
  };
  return words[holds];
}
