import type { StorageCall } from './storage-call.ts';
import { StorageRefusal } from './storage-refusal.ts';
import { leaseAt } from './blob-lease.ts';
import type { StoredBlob, StoredContainer } from './stored-blob.ts';

/** What an operation works on. */
export interface OperationContext {
  readonly call: StorageCall;
  readonly containers: Map<string, StoredContainer>;
  /** Azure's own time. */
  readonly now: Date;
  /** An etag that was never given before. */
  readonly newEtag: () => string;
  /** The longest page of a listing, in blobs. */
  readonly pageLength: number;
}

/** What an operation did; its refusals are thrown. */
export interface OperationResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly changed: boolean;
}

export type Operation = (context: OperationContext) => OperationResult;

export function requireContainer(context: OperationContext): StoredContainer {
  const container = context.containers.get(context.call.container);
  if (container === undefined) throw new StorageRefusal('ContainerNotFound');
  return container;
}

/** The blob that is meant, its lease brought up to date; undefined where there is none. */
export function findBlob(context: OperationContext): StoredBlob | undefined {
  const blob = requireContainer(context).blobs.get(context.call.path);
  if (blob !== undefined) blob.lease = leaseAt(blob.lease, context.now.getTime());
  return blob;
}

export function requireBlob(context: OperationContext): StoredBlob {
  const blob = findBlob(context);
  if (blob === undefined) throw new StorageRefusal('BlobNotFound');
  return blob;
}

/** The two headers by which a client knows which version of a blob it was told about. */
export function versionHeaders(blob: { etag: string; modifiedAt: Date }): Record<string, string> {
  return { etag: blob.etag, 'last-modified': blob.modifiedAt.toUTCString() };
}

/** A whole number in a header, or null where it is absent. Throws `InvalidHeaderValue` for others. */
export function wholeNumberHeader(call: StorageCall, name: string): number | null {
  const value = call.headers.get(name);
  if (value === undefined) return null;
  if (!/^-?\d{1,15}$/.test(value)) throw invalidHeader(name, value);
  return Number(value);
}

export function invalidHeader(name: string, value: string): StorageRefusal {
  return new StorageRefusal('InvalidHeaderValue', { HeaderName: name, HeaderValue: value });
}
