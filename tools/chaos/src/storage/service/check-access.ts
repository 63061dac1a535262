import { isLocked } from './blob-lease.ts';
import type { StorageCall } from './storage-call.ts';
import { StorageRefusal } from './storage-refusal.ts';
import type { StoredBlob } from './stored-blob.ts';

/**
 * Throws the refusal that Azure answers where a write's conditions do not hold, and where the blob is
 * leased and the request does not name that lease. `If-None-Match: *` is how a blob is written only
 * once; Azure answers it with 409, the others with 412.
 */
export function checkWrite(call: StorageCall, blob: StoredBlob | undefined): void {
  const ifNoneMatch = call.headers.get('if-none-match');
  if (ifNoneMatch === '*' && blob !== undefined) throw new StorageRefusal('BlobAlreadyExists');
  if (blob !== undefined && ifNoneMatch === blob.etag) throw new StorageRefusal('ConditionNotMet');
  checkIfMatch(call, blob);
  checkLeaseId(call, blob);
  if (blob !== undefined && isLocked(blob.lease) && !call.headers.has('x-ms-lease-id')) {
    throw new StorageRefusal('LeaseIdMissing');
  }
}

/** A leased blob may be read by everybody; who names a lease is told where it is not that one. */
export function checkRead(call: StorageCall, blob: StoredBlob): void {
  if (call.headers.has('if-none-match')) {
    throw new StorageRefusal('NotSimulated', { Asked: 'A read with If-None-Match' });
  }
  checkIfMatch(call, blob);
  checkLeaseId(call, blob);
}

function checkIfMatch(call: StorageCall, blob: StoredBlob | undefined): void {
  const ifMatch = call.headers.get('if-match');
  if (ifMatch === undefined || (ifMatch === '*' && blob !== undefined)) return;
  if (ifMatch !== blob?.etag) throw new StorageRefusal('ConditionNotMet');
}

function checkLeaseId(call: StorageCall, blob: StoredBlob | undefined): void {
  const id = call.headers.get('x-ms-lease-id')?.toLowerCase();
  if (id === undefined) return;
  if (blob === undefined) {
    throw new StorageRefusal('NotSimulated', { Asked: 'A new blob with the id of a lease' });
  }
  if (!isLocked(blob.lease) || !('id' in blob.lease)) {
    throw new StorageRefusal('LeaseNotPresentWithBlobOperation');
  }
  if (blob.lease.id !== id) throw new StorageRefusal('LeaseIdMismatchWithBlobOperation');
}
