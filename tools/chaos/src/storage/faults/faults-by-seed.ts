import type { Chance, Weighted } from '../../random/chance.ts';
import type { FaultPlan } from './fault-plan.ts';
import { faultKinds, type FaultKind, type StorageFault } from './storage-fault.ts';

/** How much goes wrong between hosts and their storage. */
export interface StorageProfile {
  /** The share of tries at which a fault begins, 0 to 1. */
  readonly share: number;
  /** How often a fault of each kind is chosen; one that is not named never is. */
  readonly weights: Readonly<Partial<Record<FaultKind, number>>>;
  /** The most tries in a row that one fault meets; more than four are more than the SDK makes. */
  readonly longestRow: number;
}

/** Every kind as often as any other, in rows that the SDK may not outlast. */
export const evenStorageProfile: StorageProfile = {
  share: 0.05,
  weights: Object.fromEntries(faultKinds.map((kind) => [kind, 1])),
  longestRow: 6,
};

/**
 * What storage so inclined does. The tries of each host are numbered, and each has a stream of its
 * own: one more or one less changes nothing about those of another host, and little about the next.
 */
export function faultsBySeed(chance: Chance, profile: StorageProfile): FaultPlan {
  const choices = Object.entries(profile.weights) as Weighted<FaultKind>[];
  const hosts = new Map<string, { tries: number; fault: StorageFault | null; left: number }>();
  return ({ host }) => {
    const state = hosts.get(host) ?? { tries: 0, fault: null, left: 0 };
    hosts.set(host, state);
    state.tries += 1;
    const stream = chance.split(host).split(state.tries);
    if (state.left === 0) {
      if (!stream.happens(profile.share)) return null;
      state.fault = drawFault(stream, stream.weighted(choices));
      state.left = stream.integer(1, profile.longestRow);
    }
    state.left -= 1;
    return state.fault;
  };
}

/** A fault of a kind, with what it leaves open drawn. */
export function drawFault(stream: Chance, kind: FaultKind): StorageFault {
  switch (kind) {
    case 'timed-out':
      return { kind, tookEffect: stream.happens(0.5) };
    case 'slow':
      return {
        kind,
        thereMilliseconds: drawDelay(stream),
        backMilliseconds: drawDelay(stream),
      };
    case 'arrives-late':
      return { kind, milliseconds: drawDelay(stream) };
    default:
      return { kind };
  }
}

/** Mostly no more than a second or two; now and then longer than a lease lasts. */
function drawDelay(stream: Chance): number {
  return stream.happens(0.2) ? stream.integer(10_000, 60_000) : stream.integer(1, 2000);
}
