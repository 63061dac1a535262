import type { EnrichedListing } from '../../domain/enriched-listing.ts';
import type { AttributeValue } from '../../domain/listing.ts';
import { parseMoney } from '../../domain/money.ts';

/** A listing with every value the tiny model looks at; `change` overrides some of them. */
export function enrichedListing(
  id: string,
  change: Record<string, AttributeValue> = {},
  own: EnrichedListing['own'] = { rates: { rate: 9.5, rate_relative: -0.5 } },
): EnrichedListing {
  const amount = parseMoney('1000');
  return {
    id,
    venue: 'lendingclub',
    price: 12.5,
    group: '36',
    amount,
    remaining: amount,
    attributes: {
      intRate: 12.5,
      dti: 20.25,
      earliestCrLine: '1995-03-31T23:00:00.000-08:00',
      homeOwnership: 'OWN',
      addrState: 'NV',
      ...change,
    },
    own,
  };
}
