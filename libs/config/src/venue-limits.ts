import { isLoopbackUrl } from '@mispriced/core/domain/loopback';
import { venueLimits } from '@mispriced/core/venues/lendingclub/limits';

/** A venue by its name in the configuration. */
export type VenueName = 'lendingclub' | 'replay';

/** What each venue keeps to; a replay asks no market. */
const limitsOfVenues: Readonly<Record<VenueName, Record<keyof typeof venueLimits, number> | null>> =
  { lendingclub: venueLimits, replay: null };

/** A constant of a simulation that would reach a real market. */
export interface SimulationConstant {
  readonly key: 'run.settle_after_seconds' | 'venue.requests_per_second';
  /** Why it may not, as the rest of a sentence that begins with the value. */
  readonly reason: string;
  readonly fix: string;
}

/**
 * Which of two settings are beyond what a market keeps to: an order given up sooner than it may show,
 * requests sent more often than they are answered. A simulated market on this machine may be told so,
 * no other. What is no number is beyond any limit.
 *
 * @param args.url The market's address; undefined where it is not known, which is no loopback address.
 * @param args.settleAfterSeconds Undefined where it is not set: the market's own delay holds then.
 * @param args.requestsPerSecond Undefined where it is not set: the market's own limit holds then.
 */
export function simulationConstants(args: {
  venue: VenueName;
  url: string | undefined;
  settleAfterSeconds?: number | undefined;
  requestsPerSecond?: number | undefined;
}): readonly SimulationConstant[] {
  const { venue, url, settleAfterSeconds, requestsPerSecond } = args;
  const limits = limitsOfVenues[venue];
  if (limits === null || (url !== undefined && isLoopbackUrl(url))) return [];
  const found: SimulationConstant[] = [];
  const { settleWithinSeconds, requestsPerSecond: most } = limits;
  if (settleAfterSeconds !== undefined && !(settleAfterSeconds >= settleWithinSeconds)) {
    found.push({
      key: 'run.settle_after_seconds',
      reason: `an order at ${venue} may take ${settleWithinSeconds} seconds to show, and only a simulated market on this machine is settled sooner`,
      fix: `Take run.settle_after_seconds away, or give at least ${settleWithinSeconds}.`,
    });
  }
  if (requestsPerSecond !== undefined && !(requestsPerSecond <= most)) {
    found.push({
      key: 'venue.requests_per_second',
      reason: `${venue} allows ${most} ${most === 1 ? 'request' : 'requests'} a second, and only a simulated market on this machine is asked more often`,
      fix: `Take venue.requests_per_second away, or give at most ${most}.`,
    });
  }
  return found;
}

/** Whether a text is the name of a venue. */
export function isVenueName(text: string): text is VenueName {
  return Object.hasOwn(limitsOfVenues, text);
}
