import { StorageRefusal } from './storage-refusal.ts';

/**
 * A blob's lease. Azure's rules: https://learn.microsoft.com/rest/api/storageservices/lease-blob,
 * its table "Outcomes of lease operations on blobs by lease state"; where the table says only that an
 * operation fails, the error code is the one that Azurite answers. Times are in milliseconds.
 */
export type BlobLease =
  | { readonly state: 'available' }
  | {
      readonly state: 'leased';
      readonly id: string;
      /** -1 for a lease without end. */
      readonly durationSeconds: number;
      readonly endsAt: number;
    }
  /** Nobody renewed it. Azure remembers it until the blob is written or leased again. */
  | { readonly state: 'expired'; readonly id: string; readonly durationSeconds: number }
  | { readonly state: 'breaking'; readonly id: string; readonly endsAt: number }
  | { readonly state: 'broken'; readonly id: string };

/** The lease as it is at a moment: leases end by time alone. */
export function leaseAt(lease: BlobLease, now: number): BlobLease {
  if (lease.state === 'leased' && now >= lease.endsAt) {
    return { state: 'expired', id: lease.id, durationSeconds: lease.durationSeconds };
  }
  if (lease.state === 'breaking' && now >= lease.endsAt) return { state: 'broken', id: lease.id };
  return lease;
}

/** Whoever holds the lease may ask for it again, with another duration. Throws for everybody else. */
export function acquireLease(
  lease: BlobLease,
  asked: { id: string; durationSeconds: number; now: number },
): BlobLease {
  const { id, durationSeconds, now } = asked;
  if (lease.state === 'leased' && lease.id !== id) throw new StorageRefusal('LeaseAlreadyPresent');
  if (lease.state === 'breaking') {
    throw new StorageRefusal(
      lease.id === id ? 'LeaseIsBreakingAndCannotBeAcquired' : 'LeaseAlreadyPresent',
    );
  }
  return leasedFrom(now, id, durationSeconds);
}

/**
 * Even a lease that has expired is renewed, as long as nobody else took it and the blob was not
 * written since: its id is then still known.
 */
export function renewLease(lease: BlobLease, asked: { id: string; now: number }): BlobLease {
  checkLeaseId(lease, asked.id);
  if (lease.state !== 'leased' && lease.state !== 'expired') {
    throw new StorageRefusal('LeaseIsBrokenAndCannotBeRenewed');
  }
  return leasedFrom(asked.now, lease.id, lease.durationSeconds);
}

export function releaseLease(lease: BlobLease, asked: { id: string }): BlobLease {
  checkLeaseId(lease, asked.id);
  return { state: 'available' };
}

/** Ends a lease now, after some seconds, or, if none are named, when it would have ended anyway. */
export function breakLease(
  lease: BlobLease,
  asked: { periodSeconds: number | null; now: number },
): BlobLease {
  const { periodSeconds, now } = asked;
  switch (lease.state) {
    case 'available':
      throw new StorageRefusal('LeaseNotPresentWithLeaseOperation');
    case 'expired':
    case 'broken':
      return { state: 'broken', id: lease.id };
    case 'leased':
    case 'breaking': {
      const unasked = lease.endsAt === Infinity ? now : lease.endsAt;
      const endsAt =
        periodSeconds === null ? unasked : Math.min(lease.endsAt, now + periodSeconds * 1000);
      return leaseAt({ state: 'breaking', id: lease.id, endsAt }, now);
    }
  }
}

/** Whether a lease keeps those out who do not name it. */
export function isLocked(lease: BlobLease): boolean {
  return lease.state === 'leased' || lease.state === 'breaking';
}

function leasedFrom(now: number, id: string, durationSeconds: number): BlobLease {
  const endsAt = durationSeconds === -1 ? Infinity : now + durationSeconds * 1000;
  return { state: 'leased', id, durationSeconds, endsAt };
}

function checkLeaseId(
  lease: BlobLease,
  id: string,
): asserts lease is Exclude<BlobLease, { state: 'available' }> {
  if (lease.state === 'available' || lease.id !== id) {
    throw new StorageRefusal('LeaseIdMismatchWithLeaseOperation');
  }
}
