import { MispricedError } from '../domain/index.ts';
import { containers, type Lease, type ObjectStore } from './object-store.ts';

/** Azure allows 15 to 60 seconds; the shortest, so that a killed run does not hold up the next. */
const leaseSeconds = 15;
const renewEverySeconds = 5;
const pollMilliseconds = 500;

/** Proof that this is the only run of its strategy, for as long as it lasts. */
export interface RunLease {
  /** @throws MispricedError `RUN_LEASE_LOST` when another run may have begun. */
  ensureHeld(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the lease of a strategy, waiting while another run holds it or a killed one's runs out.
 * It renews itself in the background until it is released.
 *
 * @returns null when it could not be had within `waitSeconds`.
 */
export async function acquireRunLease(args: {
  objects: ObjectStore;
  strategy: string;
  waitSeconds: number;
  now: () => Date;
  sleep: (milliseconds: number) => Promise<void>;
}): Promise<RunLease | null> {
  const giveUpAt = args.now().getTime() + args.waitSeconds * 1000;
  const path = `${args.strategy}/run`;
  for (;;) {
    const lease = await args.objects.acquireLease(containers.ledger, path, leaseSeconds);
    if (lease !== null) return keepRenewing(lease);
    if (args.now().getTime() >= giveUpAt) return null;
    await args.sleep(pollMilliseconds);
  }
}

function keepRenewing(lease: Lease): RunLease {
  let lost: MispricedError | null = null;
  const timer = setInterval(() => {
    lease.renew().catch((error: unknown) => {
      if (error instanceof MispricedError && error.code === 'RUN_LEASE_LOST') lost = error;
    });
  }, renewEverySeconds * 1000);
  timer.unref();
  return {
    ensureHeld: async () => {
      if (lost !== null) throw lost;
      await lease.renew();
    },
    release: async () => {
      clearInterval(timer);
      await lease.release();
    },
  };
}
