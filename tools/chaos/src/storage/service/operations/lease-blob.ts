import {
  acquireLease,
  breakLease,
  releaseLease,
  renewLease,
  type BlobLease,
} from '../blob-lease.ts';
import {
  invalidHeader,
  requireBlob,
  versionHeaders,
  wholeNumberHeader,
  type Operation,
  type OperationContext,
  type OperationResult,
} from '../operation.ts';
import type { StorageCall } from '../storage-call.ts';
import { StorageRefusal } from '../storage-refusal.ts';

/**
 * Lease Blob: https://learn.microsoft.com/rest/api/storageservices/lease-blob. It changes neither the
 * blob's etag nor its last change. An immutability policy does not forbid it: it is not among the
 * prohibited operations of container-level WORM policies.
 */
export const acquireBlobLease: Operation = (context) => {
  const { call, now } = context;
  const blob = requireBlob(context);
  const durationSeconds = wholeNumberHeader(call, 'x-ms-lease-duration');
  if (durationSeconds === null) throw missingHeader('x-ms-lease-duration');
  if (durationSeconds !== -1 && (durationSeconds < 15 || durationSeconds > 60)) {
    throw invalidHeader('x-ms-lease-duration', String(durationSeconds));
  }
  // The SDK proposes an id for every lease, so that asking twice is asking once; Azure would find one.
  if (!call.headers.has('x-ms-proposed-lease-id')) {
    throw new StorageRefusal('NotSimulated', { Asked: 'A lease without a proposed id' });
  }
  const id = guidHeader(call, 'x-ms-proposed-lease-id');
  const asked = { id, durationSeconds, now: now.getTime() };
  return leaseChanged(context, acquireLease(blob.lease, asked), 201, { 'x-ms-lease-id': id });
};

export const renewBlobLease: Operation = (context) => {
  const blob = requireBlob(context);
  const id = guidHeader(context.call, 'x-ms-lease-id');
  const lease = renewLease(blob.lease, { id, now: context.now.getTime() });
  return leaseChanged(context, lease, 200, { 'x-ms-lease-id': id });
};

export const releaseBlobLease: Operation = (context) => {
  const blob = requireBlob(context);
  const lease = releaseLease(blob.lease, { id: guidHeader(context.call, 'x-ms-lease-id') });
  return leaseChanged(context, lease, 200, {});
};

export const breakBlobLease: Operation = (context) => {
  const { call, now } = context;
  const blob = requireBlob(context);
  const periodSeconds = wholeNumberHeader(call, 'x-ms-lease-break-period');
  if (periodSeconds !== null && (periodSeconds < 0 || periodSeconds > 60)) {
    throw invalidHeader('x-ms-lease-break-period', String(periodSeconds));
  }
  const lease = breakLease(blob.lease, { periodSeconds, now: now.getTime() });
  const remaining =
    lease.state === 'breaking' ? Math.round((lease.endsAt - now.getTime()) / 1000) : 0;
  return leaseChanged(context, lease, 202, { 'x-ms-lease-time': String(remaining) });
};

function leaseChanged(
  context: OperationContext,
  lease: BlobLease,
  status: number,
  headers: Readonly<Record<string, string>>,
): OperationResult {
  const blob = requireBlob(context);
  blob.lease = lease;
  return { status, headers: { ...versionHeaders(blob), ...headers }, changed: true };
}

function guidHeader(call: StorageCall, name: string): string {
  const value = call.headers.get(name)?.toLowerCase();
  if (value === undefined) throw missingHeader(name);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)) throw invalidHeader(name, value);
  return value;
}

function missingHeader(name: string): StorageRefusal {
  return new StorageRefusal('MissingRequiredHeader', { HeaderName: name });
}
