import { keyNames, type KeyName, otherKey } from '../account/storage-account.ts';
import type { AppUse, Consumer } from '../consumers/consumer.ts';
import type { OpenRotation } from '../journal/journal-entry.ts';
import type { Step } from './step.ts';

/** What a plan is made from: nothing in it is a key. */
export interface KeyState {
  /** When each key was made. */
  readonly madeAt: Readonly<Record<KeyName, string | null>>;
  readonly sharedKeyAllowed: boolean;
  readonly consumers: readonly Consumer[];
  readonly apps: readonly AppUse[];
}

/** Which way a rotation goes: away from one key, to the other. */
export interface Direction {
  readonly from: KeyName;
  readonly to: KeyName;
}

/**
 * The direction of a new rotation: away from the key that is in use. Null where consumers do not agree
 * on one, for then both are in use and neither may be regenerated yet.
 */
export function directionOf(state: Pick<KeyState, 'consumers'>): Direction | null {
  const used = keyNames.filter((name) =>
    state.consumers.some(({ holds }) => holds === name || holds === 'both'),
  );
  if (used.length > 1) return null;
  const from = used[0] ?? 'key1';
  return { from, to: otherKey(from) };
}

/** The key that the most consumers hold, and that all can be brought to: the first if none does. */
function commonKey(consumers: readonly Consumer[]): KeyName {
  const count = (name: KeyName) => consumers.filter(({ holds }) => holds === name).length;
  return count('key2') > count('key1') ? 'key2' : 'key1';
}

/** Whether a key was made anew since a rotation began. */
export function isRenewed(state: Pick<KeyState, 'madeAt'>, open: OpenRotation, key: KeyName) {
  return state.madeAt[key] !== open.madeBefore[key];
}

/**
 * What is left of a rotation, from what is there now: renew the key that nothing uses, prove it, move
 * every consumer to it, and only then renew the other. The same whether it just began or was killed.
 */
export function planRotation(state: KeyState, open: OpenRotation): readonly Step[] {
  const { from, to } = open;
  const steps: Step[] = [];
  if (!isRenewed(state, open, to)) steps.push({ do: 'renew-key', key: to });
  if (state.sharedKeyAllowed) steps.push({ do: 'prove-key', key: to });
  steps.push(...planMoves({ state, to, mustBeWell: true }));
  if (!isRenewed(state, open, from)) steps.push({ do: 'renew-key', key: from });
  return [...steps, { do: 'prove-dead' }];
}

/**
 * How a rotation that cannot go on is taken back: everything returns to the key it had, which still
 * lives. Null once that key is gone.
 */
export function planUndo(state: KeyState, open: OpenRotation): readonly Step[] | null {
  if (isRenewed(state, open, open.from)) return null;
  return planMoves({ state, to: open.from, mustBeWell: false });
}

/** How consumers whose key is dead, or which have none, get one that lives. */
export function planRepair(state: KeyState): readonly Step[] {
  const to = commonKey(state.consumers);
  return [{ do: 'prove-key', key: to }, ...planMoves({ state, to, mustBeWell: true })];
}

/** Secrets first, then settings, then one app after the other: at no time is any without a key. */
function planMoves(args: { state: KeyState; to: KeyName; mustBeWell: boolean }): readonly Step[] {
  const { state, to, mustBeWell } = args;
  const astray = state.consumers.filter((each) => isAstray(each, to));
  const secrets = astray.flatMap((each): Step[] =>
    each.kind === 'secret'
      ? [{ do: 'move-secret', vaultName: each.vaultName, secretName: each.secretName, to }]
      : [],
  );
  const ofApps = Object.groupBy(
    astray.filter((each) => each.kind === 'setting'),
    ({ appName }) => appName,
  );
  const settings = Object.entries(ofApps).map(([appName, own = []]): Step => {
    return { do: 'move-settings', appName, settings: own.map(({ setting }) => setting), to };
  });
  const apps = state.apps.map(({ name }): Step => ({
    do: 'move-app',
    appName: name,
    to,
    mustBeWell,
  }));
  return [...secrets, ...settings, ...apps];
}

function isAstray(consumer: Consumer, to: KeyName): boolean {
  if (consumer.immovable !== null) return false;
  // One that should be a reference holds no key of its own: it becomes one whatever it held.
  if (consumer.kind === 'setting') return consumer.shouldBe !== null || consumer.holds !== to;
  return consumer.holds !== to || (consumer.tagged !== null && consumer.tagged !== to);
}
