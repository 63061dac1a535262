import { createHash } from 'node:crypto';
import { checkWrite } from '../check-access.ts';
import { isLocked } from '../blob-lease.ts';
import {
  findBlob,
  invalidHeader,
  requireContainer,
  versionHeaders,
  type Operation,
} from '../operation.ts';
import { StorageRefusal } from '../storage-refusal.ts';
import type { StoredBlob } from '../stored-blob.ts';

/**
 * Put Blob, for block blobs in one piece and for append blobs, which begin empty:
 * https://learn.microsoft.com/rest/api/storageservices/put-blob. It replaces what is there, keeps its
 * lease, and in an immutable container may only create: "Subsequent overwrite operations on an
 * existing blob path in an immutable container aren't allowed" (container-level WORM policies).
 * Which of two refusals comes first, of a condition or of the policy, is written nowhere; here the
 * condition's does.
 */
export const putBlob: Operation = (context) => {
  const { call, now } = context;
  const container = requireContainer(context);
  if (call.path.length > 1024) throw new StorageRefusal('OutOfRangeInput');
  const before = findBlob(context);
  checkWrite(call, before);
  if (before !== undefined && container.immutability !== null) {
    throw new StorageRefusal('BlobImmutableDueToPolicy');
  }
  const type = call.operation === 'put-append-blob' ? 'AppendBlob' : 'BlockBlob';
  if (before !== undefined && before.type !== type) {
    throw new StorageRefusal('NotSimulated', { Asked: `A ${type} over a ${before.type}` });
  }
  if (type === 'AppendBlob' && call.body.length > 0) {
    throw invalidHeader('content-length', String(call.body.length));
  }
  const blob: StoredBlob = {
    type,
    blocks: type === 'AppendBlob' ? [] : [call.body],
    contentLength: call.body.length,
    contentType: call.headers.get('x-ms-blob-content-type') ?? 'application/octet-stream',
    createdAt: now,
    modifiedAt: now,
    etag: context.newEtag(),
    lease: before !== undefined && isLocked(before.lease) ? before.lease : { state: 'available' },
  };
  container.blobs.set(call.path, blob);
  return {
    status: 201,
    headers: {
      ...versionHeaders(blob),
      ...(type === 'BlockBlob' && { 'content-md5': md5Of(call.body) }),
      'x-ms-request-server-encrypted': 'true',
    },
    changed: true,
  };
};

function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('base64');
}
