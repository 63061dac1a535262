import type { Json } from '@mispriced/azure';

/** One thing that is to be there. */
export interface Wanted {
  /** What it is, in a person's words. */
  readonly what: string;
  readonly name: string;
  /** Why it is needed. */
  readonly why: string;
  readonly path: string;
  readonly apiVersion: string;
  readonly body: Json;
  /** Left as it is where it is there, whatever it says. */
  readonly isOnlyCreated?: boolean;
}
