import { allowedLocations } from '../../src/settings/locations.ts';
import type { Rule } from '../rule.ts';

const allowed = new Set<string>(allowedLocations);

/** Data must not end up in a country, or the app in a region, that nobody chose. */
export const allowedLocationsRule: Rule = {
  name: 'allowed-locations',
  description: 'Resources are in the regions on the list of settings/locations.ts.',
  check(resource) {
    const location = resource.props['location'];
    if (typeof location !== 'string') return [];
    const short = location.toLowerCase().replaceAll(' ', '');
    return allowed.has(short) ? [] : [`location ${location} is not on the list.`];
  },
};
