import { createHash } from 'node:crypto';
import { isLocked } from '../blob-lease.ts';
import { checkRead } from '../check-access.ts';
import { requireBlob, versionHeaders, type Operation } from '../operation.ts';
import { StorageRefusal } from '../storage-refusal.ts';
import { contentOf, type StoredBlob } from '../stored-blob.ts';

/**
 * Get Blob, whole or a range: https://learn.microsoft.com/rest/api/storageservices/get-blob. Of two
 * headers with a range Azure heeds `x-ms-range`.
 */
export const getBlob: Operation = (context) => {
  const { call } = context;
  const blob = requireBlob(context);
  checkRead(call, blob);
  const content = contentOf(blob);
  const asked = call.headers.get('x-ms-range') ?? call.headers.get('range');
  const headers = describedBy(blob);
  if (asked === undefined) {
    return { status: 200, headers: withLength(headers, content), body: content, changed: false };
  }
  const { first, last } = rangeOf(asked, content.length);
  const body = content.subarray(first, last + 1);
  return {
    status: 206,
    headers: {
      ...withLength(headers, body),
      'content-range': `bytes ${first}-${last}/${content.length}`,
    },
    body,
    changed: false,
  };
};

/** Get Blob Properties: https://learn.microsoft.com/rest/api/storageservices/get-blob-properties */
export const getBlobProperties: Operation = (context) => {
  const blob = requireBlob(context);
  checkRead(context.call, blob);
  const headers = { ...describedBy(blob), 'content-length': String(blob.contentLength) };
  return { status: 200, headers, changed: false };
};

function withLength(headers: Record<string, string>, body: Buffer): Record<string, string> {
  return { ...headers, 'content-length': String(body.length) };
}

function describedBy(blob: StoredBlob): Record<string, string> {
  const { lease } = blob;
  const isBlockBlob = blob.type === 'BlockBlob';
  return {
    ...versionHeaders(blob),
    'accept-ranges': 'bytes',
    'content-type': blob.contentType,
    'x-ms-blob-type': blob.type,
    'x-ms-creation-time': blob.createdAt.toUTCString(),
    'x-ms-lease-state': lease.state,
    'x-ms-lease-status': isLocked(lease) ? 'locked' : 'unlocked',
    ...(lease.state === 'leased' && {
      'x-ms-lease-duration': lease.durationSeconds === -1 ? 'infinite' : 'fixed',
    }),
    'x-ms-server-encrypted': 'true',
    ...(isBlockBlob
      ? { 'x-ms-blob-content-md5': createHash('md5').update(contentOf(blob)).digest('base64') }
      : { 'x-ms-blob-committed-block-count': String(blob.blocks.length) }),
  };
}

function rangeOf(asked: string, length: number): { first: number; last: number } {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(asked) ?? [];
  if (from === undefined) throw new StorageRefusal('NotSimulated', { Asked: `Range ${asked}` });
  const first = Number(from);
  const last = to === '' || to === undefined ? length - 1 : Math.min(Number(to), length - 1);
  if (first >= length || last < first) throw new StorageRefusal('InvalidRange');
  return { first, last };
}
