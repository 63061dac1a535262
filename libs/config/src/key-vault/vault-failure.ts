/** Why secrets could not be read from a vault. Closed: a new way to fail gets a new word. */
type VaultFailureReason =
  | 'sign-in-refused'
  | 'permission-missing'
  | 'network-refused'
  | 'secret-deleted'
  | 'secret-disabled'
  | 'secret-expired'
  | 'unreachable'
  | 'unexpected-answer';

/** A failure to read a secret, in words for people: what is wrong, and what to do. */
export interface VaultFailure {
  readonly reason: VaultFailureReason;
  readonly message: string;
  readonly fix: string;
  readonly retryable: boolean;
}

/** What a message needs to know of the vault and of whoever asked. */
export interface VaultCaller {
  readonly vaultName: string;
  readonly vaultUrl: string;
  /** `the managed identity with client id …`. */
  readonly identity: string;
}
