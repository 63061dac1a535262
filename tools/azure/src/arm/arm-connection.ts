import type { TokenCredential } from '@azure/core-auth';
import type { Clock } from '../wait-until.ts';

/** What a client of the resource manager needs. */
export interface ArmConnection {
  /** Without a slash at its end. */
  readonly endpoint: string;
  /** What its tokens have to be for, such as `https://management.azure.com`. */
  readonly audience: string;
  readonly credential: TokenCredential;
  /** Brings its trust in certificates along. */
  readonly fetch: typeof fetch;
  /** The machine's own unless given. */
  readonly clock?: Clock;
}

/** A connection with who is signed in, and to which subscription. */
export interface CloudConnection extends ArmConnection {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly clientId: string;
}
