import type { BlobLease } from './blob-lease.ts';

/**
 * A container that nothing in it may be overwritten or deleted in: Azure's container-level policy of
 * retention by time, while it lasts.
 */
export interface ImmutabilityPolicy {
  /** Whether blocks may be added to append blobs (`allowProtectedAppendWrites`). */
  readonly allowProtectedAppendWrites: boolean;
}

/** A blob as it is kept. */
export interface StoredBlob {
  readonly type: 'BlockBlob' | 'AppendBlob';
  /** Of an append blob its blocks, of a block blob its content in one piece. */
  readonly blocks: Uint8Array[];
  contentLength: number;
  readonly contentType: string;
  readonly createdAt: Date;
  modifiedAt: Date;
  etag: string;
  lease: BlobLease;
}

/** A container as it is kept. */
export interface StoredContainer {
  readonly name: string;
  readonly createdAt: Date;
  readonly etag: string;
  readonly immutability: ImmutabilityPolicy | null;
  readonly blobs: Map<string, StoredBlob>;
}

/** The bytes of a blob, in one piece. */
export function contentOf(blob: StoredBlob): Buffer {
  return Buffer.concat(blob.blocks);
}
