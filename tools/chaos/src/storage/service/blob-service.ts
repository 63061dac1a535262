import type { StorageOperation } from '../storage-operation.ts';
import { checkServed } from './check-served.ts';
import type { Operation, OperationContext, OperationResult } from './operation.ts';
import { appendBlock } from './operations/append-block.ts';
import { createContainer, emptyContainer } from './operations/create-container.ts';
import { getBlob, getBlobProperties } from './operations/get-blob.ts';
import {
  acquireBlobLease,
  breakBlobLease,
  releaseBlobLease,
  renewBlobLease,
} from './operations/lease-blob.ts';
import { listBlobs } from './operations/list-blobs.ts';
import { putBlob } from './operations/put-blob.ts';
import { answerOf, refusalOf } from './storage-answer.ts';
import type { StorageAnswer, StorageCall } from './storage-call.ts';
import { StorageRefusal } from './storage-refusal.ts';
import { contentOf, type ImmutabilityPolicy, type StoredContainer } from './stored-blob.ts';

/** Blob storage as one account keeps it, without a network between it and whoever asks. */
export interface BlobService {
  /** Does what is asked, at once and wholly: nothing else happens in the middle of it. */
  serve(call: StorageCall): StorageAnswer;
  /** Answers with this instead, and does nothing. */
  refuse(call: StorageCall, refusal: StorageRefusal): StorageAnswer;
  /** What is stored, for whoever judges a history: no request, no fault. Null where there is no blob. */
  contentOf(container: string, path: string): Uint8Array | null;
  /** Puts a blob there that somebody left behind: no request. */
  put(container: string, path: string, text: string): void;
  /** The names of all blobs of a container, sorted. */
  pathsOf(container: string): readonly string[];
}

const operations: Readonly<Record<Exclude<StorageOperation, 'not-simulated'>, Operation>> = {
  'create-container': createContainer,
  'list-blobs': listBlobs,
  'put-block-blob': putBlob,
  'put-append-blob': putBlob,
  'append-block': appendBlock,
  'get-blob': getBlob,
  'get-blob-properties': getBlobProperties,
  'acquire-lease': acquireBlobLease,
  'renew-lease': renewBlobLease,
  'release-lease': releaseBlobLease,
  'break-lease': breakBlobLease,
};

/**
 * @param args.containers those that exist from the start, each with its policy or null
 * @param args.now Azure's time, by which leases end
 * @param args.pageLength the most blobs a page of a listing holds; Azure's is 5,000
 */
export function createBlobService(args: {
  containers: Readonly<Record<string, ImmutabilityPolicy | null>>;
  now: () => Date;
  pageLength: number;
}): BlobService {
  const { now, pageLength } = args;
  let etags = 0;
  let answers = 0;
  const newEtag = (): string => `"0x8${hex((etags += 1), 14)}"`;
  const containers = new Map<string, StoredContainer>();
  for (const [name, immutability] of Object.entries(args.containers)) {
    const createdAt = now();
    containers.set(name, emptyContainer({ name, createdAt, etag: newEtag(), immutability }));
  }
  const nextRequest = (): { id: string; at: Date } => {
    answers += 1;
    return { id: `${hex(answers, 8)}-001e-0000-0000-000000000000`, at: now() };
  };

  return {
    serve: (call) => {
      const request = nextRequest();
      try {
        return answerOf(perform({ call, containers, now: request.at, newEtag, pageLength }), {
          ...request,
          call,
        });
      } catch (error) {
        if (!(error instanceof StorageRefusal)) throw error;
        return refusalOf(error, { ...request, call });
      }
    },
    refuse: (call, refusal) => refusalOf(refusal, { ...nextRequest(), call }),
    contentOf: (container, path) => {
      const blob = containers.get(container)?.blobs.get(path);
      return blob === undefined ? null : contentOf(blob);
    },
    put: (container, path, text) => {
      const content = Buffer.from(text);
      containers.get(container)?.blobs.set(path, {
        type: 'AppendBlob',
        blocks: [content],
        contentLength: content.length,
        contentType: 'application/octet-stream',
        createdAt: now(),
        modifiedAt: now(),
        etag: newEtag(),
        lease: { state: 'available' },
      });
    },
    pathsOf: (container) => [...(containers.get(container)?.blobs.keys() ?? [])].sort(),
  };
}

function perform(context: OperationContext): OperationResult {
  checkServed(context.call);
  const { operation } = context.call;
  if (operation === 'not-simulated') throw new StorageRefusal('NotSimulated');
  return operations[operation](context);
}

function hex(number: number, digits: number): string {
  return number.toString(16).toUpperCase().padStart(digits, '0');
}
