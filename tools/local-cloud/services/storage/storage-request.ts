import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DataRequest } from './data-actions.ts';

/** A request that is for an account, with where the account stands in it. */
export interface StorageRequest extends DataRequest {
  readonly account: string;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** The path as it goes on to Azurite, which for an address by path begins with the account. */
  readonly wholePath: string;
  /** The query as it was sent, with its question mark; empty for none. */
  readonly search: string;
}
