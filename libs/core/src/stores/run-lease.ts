import { MispricedError } from '../domain/index.ts';
import { startStopwatch, type Elapsed, type HostClocks } from './host-clocks.ts';
import { containers, type Lease, type ObjectStore } from './object-store.ts';

/** Azure allows 15 to 60 seconds; the shortest, so that a killed run does not hold up the next. */
const leaseSeconds = 15;
const renewEverySeconds = 5;
const pollMilliseconds = 500;
/** So long before the lease may lapse nothing is sent any more, for a request takes time to leave. */
const marginSeconds = 3;

type Every = (milliseconds: number, act: () => void) => () => void;

/** The time of the store, as it was last told, and what this host has measured since. */
export interface StoreClock {
  /** Not before the true time, as far as any clock of this host knows. */
  readonly latest: () => Date;
  /** Not after the true time. */
  readonly earliest: () => Date;
}

/** Proof that this is the only run of its account, for as long as it lasts. */
export interface RunLease {
  /** A mark that no other lease has. */
  readonly id: string;
  /** How long ago it was asked for, by this host's clocks. */
  readonly sinceTaken: Elapsed;
  /** The clock of the store, which all hosts share. */
  readonly storeClock: StoreClock;
  /** @throws MispricedError `RUN_LEASE_LOST` when another run may have begun. */
  ensureHeld(): Promise<void>;
  /** Whether it is certain, without asking anybody, that no other run has it yet. */
  isSurelyHeld(): boolean;
  release(): Promise<void>;
}

/**
 * Takes the lease of an account, waiting while another run holds it or a killed one's runs out.
 * It renews itself in the background until it is released.
 *
 * @returns null when it could not be had within `waitSeconds`.
 */
export async function acquireRunLease(args: {
  objects: ObjectStore;
  account: string;
  waitSeconds: number;
  clocks: HostClocks;
  sleep: (milliseconds: number) => Promise<void>;
  /** Begins to act at intervals, and returns what ends that; by the timers of Node unless given. */
  every?: Every;
}): Promise<RunLease | null> {
  const { objects, clocks, every = everyOfNode } = args;
  const waited = startStopwatch(clocks);
  const path = `${args.account}/run`;
  for (;;) {
    const asked = startStopwatch(clocks);
    const lease = await objects.acquireLease(containers.control, path, leaseSeconds);
    if (lease !== null) return keepRenewing(lease, asked, { clocks, every });
    if (waited.most() >= args.waitSeconds * 1000) return null;
    await args.sleep(pollMilliseconds);
  }
}

function everyOfNode(milliseconds: number, act: () => void): () => void {
  const timer = setInterval(act, milliseconds);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

function keepRenewing(
  lease: Lease,
  asked: Elapsed,
  { clocks, every }: { readonly clocks: HostClocks; readonly every: Every },
): RunLease {
  let lost: MispricedError | null = null;
  // How long the request and its answer took is not known: the store told its time somewhere between.
  let told = { at: lease.takenAt, asked, answered: startStopwatch(clocks) };
  const after = (milliseconds: number): Date => new Date(told.at.getTime() + milliseconds);
  const renew = async (isAgain = false): Promise<void> => {
    const begun = startStopwatch(clocks);
    const at = await lease.renew();
    // A slow renewal must not bring back an older time.
    if (at >= told.at) told = { at, asked: begun, answered: startStopwatch(clocks) };
    // A clock stepped, or the machine was suspended: asked once more, the store tells which.
    if (begun.most() > leaseSeconds * 1000 && !isAgain) await renew(true);
  };
  const stopRenewing = every(renewEverySeconds * 1000, () => {
    renew().catch((error: unknown) => {
      if (error instanceof MispricedError && error.code === 'RUN_LEASE_LOST') lost = error;
    });
  });
  return {
    id: lease.id,
    sinceTaken: asked,
    storeClock: {
      latest: () => after(told.asked.most()),
      earliest: () => after(told.answered.least()),
    },
    ensureHeld: async () => {
      if (lost !== null) throw lost;
      await renew();
    },
    isSurelyHeld: () => lost === null && told.asked.most() < (leaseSeconds - marginSeconds) * 1000,
    release: async () => {
      stopRenewing();
      await lease.release();
    },
  };
}
