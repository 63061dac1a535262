import { isLocked } from '../blob-lease.ts';
import { checkWrite } from '../check-access.ts';
import {
  invalidHeader,
  requireBlob,
  requireContainer,
  versionHeaders,
  wholeNumberHeader,
  type Operation,
} from '../operation.ts';
import { StorageRefusal } from '../storage-refusal.ts';

/** Since version 2022-11-02; 4 MiB before. */
const largestBlockBytes = 100 * 1024 * 1024;
const mostBlocks = 50_000;

/**
 * Append Block: https://learn.microsoft.com/rest/api/storageservices/append-block. In an immutable
 * container it is "permitted only for policies with the allowProtectedAppendWrites […] property
 * enabled" (container-level WORM policies).
 */
export const appendBlock: Operation = (context) => {
  const { call, now } = context;
  const { immutability } = requireContainer(context);
  if (call.body.length > largestBlockBytes) throw new StorageRefusal('RequestBodyTooLarge');
  if (call.body.length === 0) throw invalidHeader('content-length', '0');
  const blob = requireBlob(context);
  if (blob.type !== 'AppendBlob') throw new StorageRefusal('InvalidBlobType');
  if (blob.blocks.length >= mostBlocks) throw new StorageRefusal('BlockCountExceedsLimit');
  checkWrite(call, blob);
  if (immutability !== null && !immutability.allowProtectedAppendWrites) {
    throw new StorageRefusal('BlobImmutableDueToPolicy');
  }
  const position = wholeNumberHeader(call, 'x-ms-blob-condition-appendpos');
  if (position !== null && position !== blob.contentLength) {
    throw new StorageRefusal('AppendPositionConditionNotMet');
  }
  const longest = wholeNumberHeader(call, 'x-ms-blob-condition-maxsize');
  if (longest !== null && blob.contentLength + call.body.length > longest) {
    throw new StorageRefusal('MaxBlobSizeConditionNotMet');
  }
  const offset = blob.contentLength;
  blob.blocks.push(call.body);
  blob.contentLength += call.body.length;
  blob.modifiedAt = now;
  blob.etag = context.newEtag();
  // A write ends the memory of a lease that has ended.
  if (!isLocked(blob.lease)) blob.lease = { state: 'available' };
  return {
    status: 201,
    headers: {
      ...versionHeaders(blob),
      'x-ms-blob-append-offset': String(offset),
      'x-ms-blob-committed-block-count': String(blob.blocks.length),
      'x-ms-request-server-encrypted': 'true',
    },
    changed: true,
  };
};
