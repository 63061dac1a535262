import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '../clock/clock.ts';
import { type HostStateStore, leaseDurationSeconds } from './host-state-store.ts';

interface Lease {
  readonly id: string;
  readonly expiresMs: number;
}

/** State that lives as long as this object: for tests, and for apps without timers. */
export class MemoryStateStore implements HostStateStore {
  readonly #clock: Clock;
  readonly #texts = new Map<string, string>();
  readonly #leases = new Map<string, Lease>();

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  read(blobName: string): Promise<string | null> {
    return Promise.resolve(this.#texts.get(blobName) ?? null);
  }

  write(blobName: string, text: string): Promise<void> {
    this.#texts.set(blobName, text);
    return Promise.resolve();
  }

  acquireLease(args: {
    readonly blobName: string;
    readonly owner: string;
  }): Promise<string | null> {
    if (this.#current(args.blobName) !== null) return Promise.resolve(null);
    const id = randomUUID();
    this.#hold(args.blobName, id);
    return Promise.resolve(id);
  }

  renewLease(args: { readonly blobName: string; readonly leaseId: string }): Promise<boolean> {
    // As in Blob storage, a lease that has run out is still renewable until another takes it.
    const ours = this.#leases.get(args.blobName)?.id === args.leaseId;
    if (ours) this.#hold(args.blobName, args.leaseId);
    return Promise.resolve(ours);
  }

  releaseLease(args: { readonly blobName: string; readonly leaseId: string }): Promise<void> {
    if (this.#leases.get(args.blobName)?.id === args.leaseId) this.#leases.delete(args.blobName);
    return Promise.resolve();
  }

  #current(blobName: string): Lease | null {
    const lease = this.#leases.get(blobName);
    return lease !== undefined && lease.expiresMs > this.#clock.now().getTime() ? lease : null;
  }

  #hold(blobName: string, id: string): void {
    const expiresMs = this.#clock.now().getTime() + leaseDurationSeconds * 1000;
    this.#leases.set(blobName, { id, expiresMs });
  }
}
