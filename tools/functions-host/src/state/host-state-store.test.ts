import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAzurite, type TestAzurite } from '@mispriced/testing';
import { ManualClock } from '../clock/manual-clock.ts';
import { BlobStateStore } from './blob-state-store.ts';
import type { HostStateStore } from './host-state-store.ts';
import { MemoryStateStore } from './memory-state-store.ts';

let azurite: TestAzurite;
beforeAll(async () => {
  azurite = await startTestAzurite([]);
});
afterAll(async () => {
  await azurite.stop();
});

const stores: readonly [string, () => HostStateStore][] = [
  ['in memory', () => new MemoryStateStore(new ManualClock(new Date('2026-11-02T00:00:00Z')))],
  ['in blobs', () => BlobStateStore.fromConnectionString(azurite.connectionString)],
];

describe.each(stores)("a host's state %s", (_name, create) => {
  const status = 'timers/host/Host.Functions.daily/status';

  it('gives back what was written last, and null before', async () => {
    const store = create();
    expect(await store.read(status)).toBeNull();
    await store.write(status, '{"Next":"first"}');
    await store.write(status, '{"Next":"second · €"}');
    expect(await store.read(status)).toBe('{"Next":"second · €"}');
  });

  it('leases a name to one owner until it is given back', async () => {
    const store = create();
    const blobName = 'locks/host/one.Listener';
    const leaseId = await store.acquireLease({ blobName, owner: 'first' });
    expect(leaseId).not.toBeNull();
    expect(await store.acquireLease({ blobName, owner: 'second' })).toBeNull();
    expect(await store.renewLease({ blobName, leaseId: leaseId ?? '' })).toBe(true);
    await store.releaseLease({ blobName, leaseId: leaseId ?? '' });
    const other = await store.acquireLease({ blobName, owner: 'second' });
    expect(other).not.toBeNull();
    expect(await store.renewLease({ blobName, leaseId: leaseId ?? '' })).toBe(false);
    // Giving back what is not ours leaves the other's lease alone.
    await store.releaseLease({ blobName, leaseId: leaseId ?? '' });
    expect(await store.renewLease({ blobName, leaseId: other ?? '' })).toBe(true);
  });

  it('leases one of two who ask at the same moment', async () => {
    const [one, two] = [create(), create()];
    const store = one instanceof MemoryStateStore ? one : two;
    const blobName = 'locks/host/race.Listener';
    const answers = await Promise.all([
      one.acquireLease({ blobName, owner: 'first' }),
      store.acquireLease({ blobName, owner: 'second' }),
    ]);
    expect(answers.filter((leaseId) => leaseId !== null)).toHaveLength(1);
  });
});

describe("a host's state in memory", () => {
  it('lets a lease of 60 s run out', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const store = new MemoryStateStore(clock);
    const blobName = 'locks/host/one.Listener';
    const lost = (await store.acquireLease({ blobName, owner: 'first' })) ?? '';
    await clock.advance(59_999);
    expect(await store.acquireLease({ blobName, owner: 'second' })).toBeNull();
    await clock.advance(1);
    expect(await store.acquireLease({ blobName, owner: 'second' })).not.toBeNull();
    expect(await store.renewLease({ blobName, leaseId: lost })).toBe(false);
  });
});

describe("a host's state in blobs (azure-webjobs-sdk BlobLeaseDistributedLockManager.cs)", () => {
  it('stands in azure-webjobs-hosts, the lock for 60 s and with its owner', async () => {
    const connectionString = azurite.connectionString;
    const blobName = 'locks/host/named.Listener';
    await BlobStateStore.fromConnectionString(connectionString).acquireLease({
      blobName,
      owner: 'instance-7',
    });
    const service = BlobServiceClient.fromConnectionString(connectionString);
    const blob = service.getContainerClient('azure-webjobs-hosts').getBlobClient(blobName);
    const properties = await blob.getProperties();
    expect(properties.leaseState).toBe('leased');
    expect(properties.leaseDuration).toBe('fixed');
    expect(properties.metadata?.['functioninstance']).toBe('instance-7');
  });

  it('rejects when the storage refuses the key, so that the host can say so', async () => {
    const wrongKey = Buffer.alloc(64).toString('base64');
    const connectionString = azurite.connectionString.replace(
      /AccountKey=[^;]+/,
      `AccountKey=${wrongKey}`,
    );
    const store = BlobStateStore.fromConnectionString(connectionString);
    await expect(store.read('timers/host/x/status')).rejects.toMatchObject({ statusCode: 403 });
    const lock = { blobName: 'locks/host/x.Listener', owner: 'first' };
    await expect(store.acquireLease(lock)).rejects.toMatchObject({ statusCode: 403 });
  });
});
