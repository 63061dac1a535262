import type { AppendBlobClient } from '@azure/storage-blob';
import { MispricedError } from '../../domain/index.ts';
import { isStatus } from './blob-errors.ts';

/**
 * Appends at an exact position, so that two writers can never interleave. The SDK repeats a request
 * whose answer was lost; the repeat then finds the blob longer, so before a conflict is called the
 * bytes at the position are compared with what was to be written. Whoever appends sees to it that no
 * two writers ever write the same bytes.
 *
 * @throws MispricedError `STORE_CONFLICT`, and what the SDK throws where the blob cannot be looked at:
 * then it is not known whether the bytes are there.
 */
export async function appendBlock(
  blob: AppendBlobClient,
  bytes: Uint8Array,
  offset: number,
): Promise<void> {
  if (offset === 0) await blob.createIfNotExists();
  try {
    await blob.appendBlock(bytes, bytes.byteLength, { conditions: { appendPosition: offset } });
  } catch (error) {
    if (!isStatus(error, 404, 409, 412)) throw error;
    if (await holdsAt(blob, bytes, offset)) return;
    throw new MispricedError({
      code: 'STORE_CONFLICT',
      message: `${blob.url.split('?', 1)[0] ?? ''} was not written: its length is not ${offset} bytes any more.`,
      fix: 'Another run wrote to it. Nothing more was sent; see the ledger.',
      cause: error,
    });
  }
}

/** Whether the bytes are at a position, whatever came after them. */
async function holdsAt(
  blob: AppendBlobClient,
  bytes: Uint8Array,
  offset: number,
): Promise<boolean> {
  const length = await lengthOf(blob);
  if (length < offset + bytes.byteLength) return false;
  const written = await blob.downloadToBuffer(offset, bytes.byteLength);
  return written.equals(bytes);
}

async function lengthOf(blob: AppendBlobClient): Promise<number> {
  try {
    return (await blob.getProperties()).contentLength ?? 0;
  } catch (error) {
    if (isStatus(error, 404)) return 0;
    throw error;
  }
}
