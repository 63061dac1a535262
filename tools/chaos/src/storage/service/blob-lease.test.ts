import { describe, expect, it } from 'vitest';
import {
  acquireLease,
  breakLease,
  leaseAt,
  releaseLease,
  renewLease,
  type BlobLease,
} from './blob-lease.ts';
import { StorageRefusal } from './storage-refusal.ts';

const now = 1_000_000;
const leases: Readonly<Record<string, BlobLease>> = {
  available: { state: 'available' },
  leased: { state: 'leased', id: 'a', durationSeconds: 15, endsAt: now + 10_000 },
  breaking: { state: 'breaking', id: 'a', endsAt: now + 5000 },
  broken: { state: 'broken', id: 'a' },
  expired: { state: 'expired', id: 'a', durationSeconds: 15 },
};

const operations: Readonly<Record<string, (lease: BlobLease) => BlobLease>> = {
  'acquire as a': (lease) => acquireLease(lease, { id: 'a', durationSeconds: 60, now }),
  'acquire as b': (lease) => acquireLease(lease, { id: 'b', durationSeconds: 60, now }),
  'break at once': (lease) => breakLease(lease, { periodSeconds: 0, now }),
  'break in 3 s': (lease) => breakLease(lease, { periodSeconds: 3, now }),
  'break in 60 s': (lease) => breakLease(lease, { periodSeconds: 60, now }),
  'break when it ends': (lease) => breakLease(lease, { periodSeconds: null, now }),
  'renew as a': (lease) => renewLease(lease, { id: 'a', now }),
  'renew as b': (lease) => renewLease(lease, { id: 'b', now }),
  'release as a': (lease) => releaseLease(lease, { id: 'a' }),
  'release as b': (lease) => releaseLease(lease, { id: 'b' }),
};

function outcomeOf(operation: string, state: string): string {
  const lease = leases[state];
  const perform = operations[operation];
  if (lease === undefined || perform === undefined) throw new Error(`${operation}, ${state}`);
  try {
    const after = perform(lease);
    const id = 'id' in after ? ` by ${after.id}` : '';
    return `${after.state}${id}${'endsAt' in after ? ` for ${(after.endsAt - now) / 1000} s` : ''}`;
  } catch (error) {
    if (!(error instanceof StorageRefusal)) throw error;
    return `${error.status} ${error.code}`;
  }
}

const present = '409 LeaseAlreadyPresent';
const mismatch = '409 LeaseIdMismatchWithLeaseOperation';
const none = '409 LeaseNotPresentWithLeaseOperation';
const unrenewable = '409 LeaseIsBrokenAndCannotBeRenewed';
const a60 = 'leased by a for 60 s';
const b60 = 'leased by b for 60 s';
const broken = 'broken by a';

describe('a lease', () => {
  // Azure's table of outcomes by lease state.
  it.each([
    ['acquire as a', a60, a60, '409 LeaseIsBreakingAndCannotBeAcquired', a60, a60],
    ['acquire as b', b60, present, present, b60, b60],
    ['break at once', none, broken, broken, broken, broken],
    ['break in 3 s', none, 'breaking by a for 3 s', 'breaking by a for 3 s', broken, broken],
    ['break in 60 s', none, 'breaking by a for 10 s', 'breaking by a for 5 s', broken, broken],
    ['break when it ends', none, 'breaking by a for 10 s', 'breaking by a for 5 s', broken, broken],
    [
      'renew as a',
      mismatch,
      'leased by a for 15 s',
      unrenewable,
      unrenewable,
      'leased by a for 15 s',
    ],
    ['renew as b', mismatch, mismatch, mismatch, mismatch, mismatch],
    ['release as a', mismatch, 'available', 'available', 'available', 'available'],
    ['release as b', mismatch, mismatch, mismatch, mismatch, mismatch],
  ])(
    '%s: available %s, leased %s, breaking %s, broken %s, expired %s',
    (operation, ...expected) => {
      expect(Object.keys(leases).map((state) => outcomeOf(operation, state))).toEqual(expected);
    },
  );

  it('ends by time alone, at its very end', () => {
    const { leased, breaking } = leases as { leased: BlobLease; breaking: BlobLease };
    expect(leaseAt(leased, now + 9999)).toBe(leased);
    expect(leaseAt(leased, now + 10_000)).toEqual(leases['expired']);
    expect(leaseAt(breaking, now + 4999)).toBe(breaking);
    expect(leaseAt(breaking, now + 5000)).toEqual(leases['broken']);
  });

  it('without end is there until it is broken, and then at once', () => {
    const endless = acquireLease({ state: 'available' }, { id: 'a', durationSeconds: -1, now });
    expect(leaseAt(endless, Number.MAX_SAFE_INTEGER)).toBe(endless);
    expect(breakLease(endless, { periodSeconds: null, now })).toEqual(leases['broken']);
  });
});
