import type { TargetOptions } from '@mispriced/deploy';
import type { Timeouts } from './timeouts.ts';

/** What is to be done with the keys of an environment. */
export interface RotationOptions extends TargetOptions {
  /** One account alone; null for all. */
  readonly only: string | null;
  /** Keys younger than this are left as they are; null where age does not matter. */
  readonly maxAgeDays: number | null;
  /** How near a slot must not be. */
  readonly marginSeconds: number;
  /** How old both keys must be. */
  readonly graceSeconds: number;
  /** Also where the account refuses its keys. */
  readonly anyway: boolean;
  /** Give a living key to what holds a dead one, and rotate nothing. */
  readonly repair: boolean;
  readonly dryRun: boolean;
  readonly timeouts?: Timeouts;
}
