import type { KeyName } from './account/storage-account.ts';
import type { FoundSignatureIn, Held } from './consumers/consumer.ts';
import type { RecordedRestart } from './steps/rotation-work.ts';

/** What became of one account's keys. */
export type AccountStatus =
  /** Both keys are new, and everything uses the one that was made first. */
  | 'rotated'
  /** What would be done; nothing was. */
  | 'planned'
  /** The stack's secret was written for the first time. */
  | 'first-key'
  | 'repaired'
  /** Nothing was broken. */
  | 'sound'
  /** Younger than --max-age-days. */
  | 'young'
  /** The account refuses its keys. */
  | 'no-key-in-use';

/** What was done about one account. It holds no key. */
export interface AccountResult {
  readonly account: string;
  readonly status: AccountStatus;
  /** When each key was made, UTC, ISO 8601. */
  readonly keysMadeAt: Readonly<Record<KeyName, string | null>>;
  readonly consumers: readonly { readonly label: string; readonly holds: Held }[];
  /** Signatures that died with the keys, or would. */
  readonly signatures: readonly FoundSignatureIn[];
  /** What was done, or would be. */
  readonly steps: readonly string[];
  readonly restarts: readonly RecordedRestart[];
  readonly notes: readonly string[];
}

/** What `rotate-keys` came to. */
export interface RotationResult {
  readonly stack: string;
  readonly app: string;
  /** Where what was done is written down; null where nothing was. */
  readonly journal: string | null;
  readonly accounts: readonly AccountResult[];
}
