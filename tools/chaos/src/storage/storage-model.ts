import { BlobServiceClient } from '@azure/storage-blob';
import { createHostHttpClient, type StorageHost } from './client/host-http-client.ts';
import { createRequestLog } from './client/request-log.ts';
import { productRetries, type SdkRetries } from './client/sdk-retries.ts';
import type { FaultPlan } from './faults/fault-plan.ts';
import { createBlobService } from './service/blob-service.ts';
import type { ImmutabilityPolicy } from './service/stored-blob.ts';
import type { StorageRequest } from './storage-request.ts';

/** One storage account for all hosts of a history, in memory, on whatever time it is given. */
export interface StorageModel {
  /**
   * The real SDK over the model, for one host. It signs nothing: the model checks no credentials.
   *
   * @param host its `sleep` is the model's, and `around` performs, where they are not given
   */
  clientFor(host: Pick<StorageHost, 'name'> & Partial<StorageHost>): BlobServiceClient;
  /** Every try of every request of every host, in the order they were sent. */
  readonly requests: readonly StorageRequest[];
  /** What is stored, for whoever judges a history: no request, no fault. Null where there is no blob. */
  contentOf(container: string, path: string): Uint8Array | null;
  /** Puts a blob there that somebody left behind before the history: no request, no fault. */
  put(container: string, path: string, text: string): void;
  /** The names of all blobs of a container, sorted. */
  pathsOf(container: string): readonly string[];
}

const accountUrl = 'https://simulated.blob.core.windows.net';

/**
 * A model of Azure Blob storage below the SDK: what the product's stores ask of it, with Azure's
 * statuses, headers and error codes, and its rules for leases, conditions and immutable containers.
 * It answers anything else with 501 by name. It uses no socket, no timer and no randomness.
 *
 * @param args.containers those that exist from the start, each with its policy of immutability or null
 * @param args.now true time, by which leases end
 * @param args.sleep waits for true time, for what is slow under way
 * @param args.faults asked at each try of each request; default: none
 * @param args.retries how the SDK repeats requests; default: as the product sets it
 * @param args.pageLength the most blobs a page of a listing holds; default: Azure's 5,000
 */
export function createStorageModel(args: {
  containers: Readonly<Record<string, ImmutabilityPolicy | null>>;
  now: () => Date;
  sleep: (milliseconds: number) => Promise<void>;
  faults?: FaultPlan;
  retries?: SdkRetries;
  pageLength?: number;
}): StorageModel {
  const { containers, now, sleep, faults = () => null, retries = productRetries } = args;
  const service = createBlobService({ containers, now, pageLength: args.pageLength ?? 5000 });
  const log = createRequestLog(now);
  const network = { service, faults, log, now, sleep };
  return {
    clientFor: ({ name, sleep: hostSleep = sleep, around = (_effect, perform) => perform() }) => {
      const host: StorageHost = { name, sleep: hostSleep, around };
      const httpClient = createHostHttpClient({ network, host, retries });
      // The SDK tries once; what is below repeats as it would, on the host's time.
      const retryOptions = { maxTries: 1, tryTimeoutInMs: retries.tryTimeoutInMs };
      return new BlobServiceClient(accountUrl, undefined, { httpClient, retryOptions });
    },
    requests: log.requests,
    contentOf: (container, path) => service.contentOf(container, path),
    put: (container, path, text) => {
      service.put(container, path, text);
    },
    pathsOf: (container) => service.pathsOf(container),
  };
}
