import { isLoopbackUrl } from '@mispriced/core/domain/loopback';
import { environmentName } from './schema/keys.ts';

/**
 * How a simulated market is asked, and how soon an order without an answer counts as not taken there:
 * it takes an order at once or never.
 */
export const simulatedVenue = { requestsPerSecond: 20, settleAfterSeconds: 2 } as const;

/**
 * The constants of a simulation as settings of an app, for a market on this machine; none for any
 * other. Whoever hands settings to a strategy takes them from here, so that they get nowhere else.
 *
 * @param venueUrl The market's address.
 */
export function simulationSettings(venueUrl: string): Readonly<Record<string, string>> {
  if (!isLoopbackUrl(venueUrl)) return {};
  return {
    [environmentName('venue.requests_per_second')]: String(simulatedVenue.requestsPerSecond),
    [environmentName('run.settle_after_seconds')]: String(simulatedVenue.settleAfterSeconds),
  };
}
