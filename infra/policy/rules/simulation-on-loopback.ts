import { environmentName } from '@mispriced/config/schema/keys';
import { isVenueName, simulationConstants } from '@mispriced/config/venue-limits';
import { appSettingsIn } from '../app-settings-in.ts';
import type { Rule } from '../rule.ts';

/**
 * A market that is asked as a simulated one is answers nothing, and an order given up too soon is
 * bought a second time. The app refuses both as well; here they do not even get to it.
 */
export const simulationOnLoopback: Rule = {
  name: 'simulation-on-loopback',
  description: 'Only a market on loopback is asked, and its orders settled, as a simulated one is.',
  check(resource) {
    // The app reads the names of its settings in any case.
    const settings = new Map(
      appSettingsIn(resource).map(([name, value]) => [name.toUpperCase(), String(value).trim()]),
    );
    const textOf = (key: string): string | undefined => settings.get(environmentName(key));
    const numberOf = (key: string): number | undefined => {
      const text = textOf(key);
      return text === undefined ? undefined : Number(text || Number.NaN);
    };
    const venue = textOf('venue.name') ?? '';
    return simulationConstants({
      // Of a name that is not known nothing more is let pass than of the market that is.
      venue: isVenueName(venue) ? venue : 'lendingclub',
      url: textOf('venue.url'),
      settleAfterSeconds: numberOf('run.settle_after_seconds'),
      requestsPerSecond: numberOf('venue.requests_per_second'),
    }).map(
      ({ key, reason, fix }) =>
        `${environmentName(key)} is ${textOf(key) ?? 'nothing'}, but ${reason}. ${fix}`,
    );
  },
};
