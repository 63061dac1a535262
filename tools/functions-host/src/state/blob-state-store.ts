import { text } from 'node:stream/consumers';
import {
  type BlockBlobClient,
  BlobServiceClient,
  type ContainerClient,
  RestError,
} from '@azure/storage-blob';
import {
  hostContainerName,
  type HostStateStore,
  leaseDurationSeconds,
} from './host-state-store.ts';

/**
 * State in Blob storage, where the real host keeps it and under the same names. Needs Storage Blob
 * Data Owner on the account when the client signs in by identity.
 * Source: azure-webjobs-sdk BlobLeaseDistributedLockManager.cs, StorageScheduleMonitor.cs.
 */
export class BlobStateStore implements HostStateStore {
  readonly #container: ContainerClient;

  constructor(service: BlobServiceClient) {
    this.#container = service.getContainerClient(hostContainerName);
  }

  static fromConnectionString(connectionString: string): BlobStateStore {
    // Few retries: a host whose storage does not answer is to say so soon, and tries again itself.
    const retryOptions = { maxTries: 2, retryDelayInMs: 200, tryTimeoutInMs: 10_000 };
    const service = BlobServiceClient.fromConnectionString(connectionString, { retryOptions });
    return new BlobStateStore(service);
  }

  async read(blobName: string): Promise<string | null> {
    try {
      // One GET: a refusal of the HEAD that comes before a download to memory says nothing of why.
      const { readableStreamBody } = await this.#blob(blobName).download();
      return readableStreamBody === undefined ? '' : await text(readableStreamBody);
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  }

  async write(blobName: string, content: string): Promise<void> {
    const body = Buffer.from(content, 'utf8');
    await this.#withContainer(() => this.#blob(blobName).uploadData(body));
  }

  async acquireLease(args: {
    readonly blobName: string;
    readonly owner: string;
  }): Promise<string | null> {
    const blob = this.#blob(args.blobName);
    const leaseId = await this.#tryLease(blob);
    // The owner's name helps whoever looks at the blob; the lock is the lease itself.
    if (leaseId !== null) {
      await blob.setMetadata({ FunctionInstance: args.owner }, { conditions: { leaseId } });
    }
    return leaseId;
  }

  async renewLease(args: {
    readonly blobName: string;
    readonly leaseId: string;
  }): Promise<boolean> {
    try {
      await this.#blob(args.blobName).getBlobLeaseClient(args.leaseId).renewLease();
      return true;
    } catch (error) {
      if (isLost(error)) return false;
      throw error;
    }
  }

  async releaseLease(args: { readonly blobName: string; readonly leaseId: string }): Promise<void> {
    try {
      await this.#blob(args.blobName).getBlobLeaseClient(args.leaseId).releaseLease();
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }

  async #tryLease(blob: BlockBlobClient): Promise<string | null> {
    const acquire = async (): Promise<string | null> => {
      const answer = await blob.getBlobLeaseClient().acquireLease(leaseDurationSeconds);
      return answer.leaseId ?? null;
    };
    try {
      return await acquire();
    } catch (error) {
      if (statusOf(error) === 409) return null;
      if (statusOf(error) !== 404) throw error;
    }
    try {
      await this.#withContainer(() => createIfAbsent(blob));
      return await acquire();
    } catch (error) {
      if (statusOf(error) === 409) return null;
      throw error;
    }
  }

  /** Containers are rarely missing, so they are made when that is found out. */
  async #withContainer(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (statusOf(error) !== 404) throw error;
      await this.#container.createIfNotExists();
      await action();
    }
  }

  #blob(blobName: string): BlockBlobClient {
    return this.#container.getBlockBlobClient(blobName);
  }
}

async function createIfAbsent(blob: BlockBlobClient): Promise<void> {
  try {
    await blob.upload('', 0, { conditions: { ifNoneMatch: '*' } });
  } catch (error) {
    if (statusOf(error) !== 409 && statusOf(error) !== 412) throw error;
  }
}

function isLost(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || status === 409 || status === 412;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof RestError ? error.statusCode : undefined;
}
