/** An object as it was read: its bytes, and the tag a later conditional write names. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

/** What must hold for a write to happen: nothing there yet, or exactly the version read before. */
export type WriteCondition = 'absent' | 'any' | { readonly etag: string };

/** A lease on one name: whoever holds it is the only one to write. */
export interface Lease {
  /** A mark that no other lease has. */
  readonly id: string;
  /** When it was taken, by the clock of the place. */
  readonly takenAt: Date;
  /**
   * Proves that the lease is still held and extends it.
   *
   * @returns the time by the clock of the place.
   * @throws MispricedError `RUN_LEASE_LOST` when somebody else may hold it now.
   */
  renew(): Promise<Date>;
  release(): Promise<void>;
}

/**
 * The few verbs that models, own data, ledger and archive need of a place that keeps bytes.
 * Implemented over a folder and over Azure Blob storage; both pass the same contract tests.
 * Every method throws MispricedError `STORE_UNAVAILABLE` where the place cannot be reached, with the
 * permission that is missing where that is the reason. In Azure all need Storage Blob Data Contributor.
 */
export interface ObjectStore {
  /** The place, for people. Never holds a credential. */
  readonly location: string;
  /** Where one object is, for people: a path or a URL without a signature. */
  locate(container: string, path: string): string;
  read(container: string, path: string): Promise<StoredObject | null>;
  /**
   * Writes all or nothing and returns the new etag.
   *
   * @throws MispricedError `STORE_CONFLICT` when the condition does not hold.
   */
  write(
    container: string,
    path: string,
    bytes: Uint8Array,
    condition: WriteCondition,
  ): Promise<string>;
  /** Paths below a prefix, sorted as text. */
  list(container: string, prefix: string): Promise<readonly string[]>;
  /**
   * Adds bytes at the end, durably, creating the object where `offset` is 0.
   *
   * @param offset The length the object must have now, in bytes.
   * @throws MispricedError `STORE_CONFLICT` when it has another length: somebody else wrote.
   */
  append(container: string, path: string, bytes: Uint8Array, offset: number): Promise<void>;
  /** Takes the lease named by a path, or null while somebody else holds it. */
  acquireLease(container: string, path: string, durationSeconds: number): Promise<Lease | null>;
}

/** What the account's containers are called, where not as below. */
export type ContainerNames = Readonly<Partial<Record<string, string>>>;

/** The containers by their usual names. Whatever makes, grants or lists containers takes them here. */
export const containers = {
  packages: 'packages',
  models: 'models',
  data: 'data',
  ledger: 'ledger',
  /** Lease and kill switch: apart, for a rule that freezes the ledger must not freeze them. */
  control: 'control',
  runs: 'runs',
} as const;
