import type { BlockBlobClient } from '@azure/storage-blob';
import { MispricedError } from '../../domain/index.ts';
import type { Lease } from '../object-store.ts';
import { isStatus } from './blob-errors.ts';

/**
 * A blob lease: Azure itself lets one holder in and forgets it after 15 to 60 seconds unless renewed.
 * Returns null while another holds it. Needs Storage Blob Data Contributor.
 */
export async function acquireBlobLease(
  blob: BlockBlobClient,
  durationSeconds: number,
  reachable: <Result>(work: () => Promise<Result>) => Promise<Result>,
): Promise<Lease | null> {
  await createIfAbsent(blob);
  const lease = blob.getBlobLeaseClient();
  let takenAt: Date;
  try {
    takenAt = dateOf(await lease.acquireLease(durationSeconds));
  } catch (error) {
    if (isStatus(error, 409)) return null;
    throw error;
  }
  return {
    id: lease.leaseId,
    takenAt,
    renew: () =>
      reachable(async () => {
        try {
          return dateOf(await lease.renewLease());
        } catch (error) {
          if (!isStatus(error, 404, 409, 412)) throw error;
          throw new MispricedError({
            code: 'RUN_LEASE_LOST',
            message: `The lease ${blob.name} was taken over by another run.`,
            fix: 'Nothing more was sent. See the other run in the ledger.',
            cause: error,
          });
        }
      }),
    release: () =>
      reachable(async () => {
        try {
          await lease.releaseLease();
        } catch (error) {
          if (!isStatus(error, 404, 409, 412)) throw error;
        }
      }),
  };
}

function dateOf({ date }: { readonly date?: Date }): Date {
  if (date === undefined) throw new TypeError('The answer of the storage account has no date.');
  return date;
}

async function createIfAbsent(blob: BlockBlobClient): Promise<void> {
  try {
    await blob.upload('', 0, { conditions: { ifNoneMatch: '*' } });
  } catch (error) {
    if (!isStatus(error, 409, 412)) throw error;
  }
}
