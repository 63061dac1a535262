import type { StorageOperation } from '../storage-operation.ts';

/** One HTTP request to storage, understood. */
export interface StorageCall {
  readonly operation: StorageOperation;
  readonly method: string;
  readonly container: string;
  /** The blob's name, or for a listing its prefix. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By name in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

/** What storage answers, before it becomes an HTTP answer of the SDK's kind. */
export interface StorageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Azure's error code, or null where the answer is no error. */
  readonly code: string | null;
  /** True where it changed what is stored. */
  readonly changed: boolean;
}
