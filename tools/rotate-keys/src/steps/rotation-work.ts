import type { Secret } from '@mispriced/config';
import type { StorageAccount } from '../account/storage-account.ts';
import type { AppUse, Consumer } from '../consumers/consumer.ts';
import type { KeyEnvironment } from '../environment.ts';
import type { Timeouts } from '../timeouts.ts';
import type { KeyState } from '../plan/plan.ts';
import type { RotationDependencies } from '../rotation-dependencies.ts';

/** A time in which an app was started again: what of its timers fell into it came late or not at all. */
export interface RecordedRestart {
  readonly app: string;
  /** UTC, ISO 8601. */
  readonly from: string;
  /** When it was seen working again; null where it was not. */
  until: string | null;
}

/** What restarting an app takes. */
export interface RestartWork {
  readonly environment: KeyEnvironment;
  readonly dependencies: RotationDependencies;
  readonly timeouts: Timeouts;
  readonly marginSeconds: number;
  readonly restarts: RecordedRestart[];
  /** When each app was told to fetch what it refers to, since a secret was last written. */
  readonly toldAt: Map<string, Date>;
  /**
   * No key that anything had was alive when this began: a host that gives no clear answer whether it
   * is at work has no run that could come to a good end.
   */
  readonly allKeysDead: boolean;
}

/** What the steps for one account work on, and what they learn on their way. */
export interface RotationWork extends RestartWork {
  account: StorageAccount;
  consumers: readonly Consumer[];
  apps: readonly AppUse[];
  /** Keys that the account had and should have no more. In memory alone. */
  readonly formerKeys: Set<Secret>;
}

/** What a plan is made from. */
export function stateOf(work: RotationWork): KeyState {
  const { account, consumers, apps } = work;
  return {
    madeAt: { key1: account.keys.key1.createdAt, key2: account.keys.key2.createdAt },
    sharedKeyAllowed: account.sharedKeyAllowed,
    consumers,
    apps,
  };
}
