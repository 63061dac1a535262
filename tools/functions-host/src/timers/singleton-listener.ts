import type { Cancel, Clock } from '../clock/clock.ts';
import type { HostStateStore } from '../state/host-state-store.ts';
import type { Listener } from './timer-listener.ts';

const renewAfterMs = 30_000;
const shortestRenewalMs = 1_000;
/** How often an instance that does not hold the lock looks whether it has become free. */
const recoveryPollMs = 60_000;

/** The name of the blob on which a timer's hosts contend. */
export function listenerLockBlobName(args: {
  readonly hostId: string;
  readonly functionName: string;
}): string {
  return `locks/${args.hostId}/Host.Functions.${args.functionName}.Listener`;
}

/**
 * Lets one listener out of all hosts on a storage account listen: the one that holds the lease.
 * Source: azure-webjobs-sdk SingletonListener.cs, SingletonManager.cs.
 */
export class SingletonListener implements Listener {
  readonly #store: HostStateStore;
  readonly #blobName: string;
  readonly #owner: string;
  readonly #inner: Listener;
  readonly #clock: Clock;
  readonly #log: (message: string) => void;
  #leaseId: string | null = null;
  #cancelTimer: Cancel = () => undefined;
  #isListening = false;
  #isStopped = false;

  constructor(args: {
    readonly store: HostStateStore;
    readonly blobName: string;
    readonly owner: string;
    readonly inner: Listener;
    readonly clock: Clock;
    readonly log: (message: string) => void;
  }) {
    this.#store = args.store;
    this.#blobName = args.blobName;
    this.#owner = args.owner;
    this.#inner = args.inner;
    this.#clock = args.clock;
    this.#log = args.log;
  }

  /** Whether this instance is the one that fires. */
  get isListening(): boolean {
    return this.#isListening;
  }

  async start(): Promise<void> {
    this.#isStopped = false;
    if (await this.#tryToListen()) return;
    this.#log(`Unable to acquire Singleton lock (${this.#blobName}).`);
    this.#pollForTheLock();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer();
    // The lock goes first, then the run under way is waited for: the order of the real host.
    const leaseId = this.#leaseId;
    this.#leaseId = null;
    if (leaseId !== null) await this.#release(leaseId);
    if (this.#isListening) await this.#inner.stop();
    this.#isListening = false;
  }

  abandon(): void {
    this.#isStopped = true;
    this.#isListening = false;
    this.#cancelTimer();
    this.#inner.abandon();
  }

  async #tryToListen(): Promise<boolean> {
    const lock = { blobName: this.#blobName, owner: this.#owner };
    const leaseId = await this.#store.acquireLease(lock);
    if (leaseId === null) return false;
    if (this.#wasStopped()) {
      await this.#release(leaseId);
      return false;
    }
    this.#leaseId = leaseId;
    this.#log(`Singleton lock acquired (${this.#blobName}).`);
    this.#renewAfter(renewAfterMs);
    try {
      await this.#inner.start();
    } catch (error) {
      this.#cancelTimer();
      this.#leaseId = null;
      await this.#release(leaseId);
      throw error;
    }
    if (this.#wasStopped()) {
      await this.#inner.stop();
      return false;
    }
    this.#isListening = true;
    return true;
  }

  /** A method, for the answer may change at every wait. */
  #wasStopped(): boolean {
    return this.#isStopped;
  }

  #pollForTheLock(): void {
    if (this.#isStopped) return;
    this.#cancelTimer = this.#clock.setTimeout(() => {
      void this.#tryToListen()
        .catch((error: unknown) => {
          this.#log(`Looking for the Singleton lock failed: ${reasonOf(error)}`);
          return false;
        })
        .then((isListening) => {
          if (!isListening) this.#pollForTheLock();
        });
    }, recoveryPollMs);
  }

  #renewAfter(waitMs: number): void {
    if (this.#isStopped) return;
    this.#cancelTimer = this.#clock.setTimeout(() => {
      void this.#renew(waitMs);
    }, waitMs);
  }

  async #renew(waitedMs: number): Promise<void> {
    const leaseId = this.#leaseId;
    if (leaseId === null) return;
    try {
      const isOurs = await this.#store.renewLease({ blobName: this.#blobName, leaseId });
      if (isOurs) this.#renewAfter(renewAfterMs);
      else await this.#standDown();
    } catch (error) {
      this.#log(`Singleton lock renewal failed for '${this.#blobName}': ${reasonOf(error)}`);
      this.#renewAfter(Math.max(shortestRenewalMs, waitedMs / 2));
    }
  }

  /** Another instance has the lock. Where the real host recycles itself, this one only yields. */
  async #standDown(): Promise<void> {
    this.#log(`The Singleton lock (${this.#blobName}) was lost; this instance fires no more.`);
    this.#leaseId = null;
    this.#isListening = false;
    await this.#inner.stop();
    this.#pollForTheLock();
  }

  async #release(leaseId: string): Promise<void> {
    try {
      await this.#store.releaseLease({ blobName: this.#blobName, leaseId });
    } catch (error) {
      this.#log(`Releasing the Singleton lock failed; it runs out by itself: ${reasonOf(error)}`);
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
