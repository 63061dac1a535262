import { RestError, type BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import { MispricedError } from '../../domain/index.ts';
import type {
  ContainerNames,
  Lease,
  ObjectStore,
  StoredObject,
  WriteCondition,
} from '../object-store.ts';
import { acquireBlobLease } from './blob-lease.ts';
import { appendBlock } from './append-block.ts';
import { isStatus, storeUnavailable } from './blob-errors.ts';

/**
 * Keeps objects in Azure Blob storage: block blobs, and append blobs for the ledger. Needs the role
 * Storage Blob Data Contributor on the account, or a connection string where keys are allowed.
 */
export function createBlobObjectStore(args: {
  service: BlobServiceClient;
  names?: ContainerNames;
}): ObjectStore {
  const { service, names = {} } = args;
  const containerOf = (container: string): ContainerClient =>
    service.getContainerClient(names[container] ?? container);
  const locate = (container: string, path: string): string =>
    withoutQuery(containerOf(container).getBlobClient(path).url);
  const reachable = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof MispricedError) throw error;
      throw storeUnavailable(service.url, error);
    }
  };

  return {
    location: withoutQuery(service.url),
    locate,
    read: (container, path) => reachable(() => readBlob(containerOf(container), path)),
    write: (container, path, bytes, condition) =>
      reachable(() => writeBlob(containerOf(container), path, bytes, condition)),
    list: (container, prefix) =>
      reachable(async () => {
        const paths: string[] = [];
        for await (const blob of containerOf(container).listBlobsFlat({ prefix })) {
          if (!blob.name.endsWith('.lease')) paths.push(blob.name);
        }
        return paths.sort();
      }),
    append: (container, path, bytes, offset) =>
      reachable(() => appendBlock(containerOf(container).getAppendBlobClient(path), bytes, offset)),
    acquireLease: (container, path, durationSeconds): Promise<Lease | null> => {
      const blob = containerOf(container).getBlockBlobClient(`${path}.lease`);
      return reachable(() => acquireBlobLease(blob, durationSeconds, reachable));
    },
  };
}

/** A body that is cut off is read anew: the SDK repeats requests, and not what it streams. */
const mostReadings = 3;

async function readBlob(container: ContainerClient, path: string): Promise<StoredObject | null> {
  const blob = container.getBlobClient(path);
  for (let reading = 1; ; reading += 1) {
    try {
      const answer = await blob.download();
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer.readableStreamBody ?? []) chunks.push(chunk as Uint8Array);
      return { bytes: new Uint8Array(Buffer.concat(chunks)), etag: answer.etag ?? '' };
    } catch (error) {
      if (error instanceof RestError && error.code === 'BlobNotFound') return null;
      if (error instanceof RestError || reading === mostReadings) throw error;
    }
  }
}

async function writeBlob(
  container: ContainerClient,
  path: string,
  bytes: Uint8Array,
  condition: WriteCondition,
): Promise<string> {
  const conditions =
    condition === 'any'
      ? {}
      : condition === 'absent'
        ? { ifNoneMatch: '*' }
        : { ifMatch: condition.etag };
  try {
    const blob = container.getBlockBlobClient(path);
    const answer = await blob.upload(bytes, bytes.byteLength, { conditions });
    return answer.etag ?? '';
  } catch (error) {
    if (!isStatus(error, 409, 412)) throw error;
    // The SDK repeats a request whose answer was lost, and the repeat meets what it wrote itself.
    const present = await readBlob(container, path);
    if (present !== null && Buffer.compare(present.bytes, bytes) === 0) return present.etag;
    throw new MispricedError({
      code: 'STORE_CONFLICT',
      message: `${withoutQuery(container.getBlobClient(path).url)} was not written: ${
        condition === 'absent' ? 'it already exists' : 'it was changed by somebody else'
      }.`,
      fix: 'Read it again and decide anew; nothing was lost.',
      cause: error,
    });
  }
}

/** A URL may carry a signature; nothing that is shown does. */
function withoutQuery(url: string): string {
  return url.split('?', 1)[0] ?? url;
}
