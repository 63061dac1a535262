import type { ValuesByKey } from '../schema/config-schema.ts';
import { rulesOver } from './rule.ts';

const rule = rulesOver<ValuesByKey>();

/** In the embedded stage the command starts a market of its own and fills these in. */
const needed = ['venue.url', 'venue.account_id', 'trading_api_key'] as const;

/** What each venue cannot do without. */
export const venueRules = [
  ...needed.map((key) =>
    rule(['venue.name', key], (values, stage) =>
      values['venue.name'] === 'lendingclub' && stage !== 'embedded' && values[key] === undefined
        ? {
            key,
            message: 'The venue lendingclub needs it, and no layer sets it.',
          }
        : undefined,
    ),
  ),
  rule(['venue.name', 'venue.listing'], (values) =>
    values['venue.name'] === 'replay' && values['venue.listing'] === undefined
      ? {
          key: 'venue.listing',
          message: 'The venue replay needs an archived listing, and no layer names one.',
        }
      : undefined,
  ),
];
