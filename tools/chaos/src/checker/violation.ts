/** A promise that a history broke, with the facts. */
export interface Violation {
  /** Which promise, in few words that do not change with the facts. */
  readonly promise: string;
  readonly facts: string;
}
