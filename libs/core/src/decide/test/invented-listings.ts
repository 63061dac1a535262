import type { DropReason } from '../../domain/decision.ts';
import type { DecisionLimits } from '../../domain/decision-limits.ts';
import type { DroppedListing } from '../../domain/enriched-listing.ts';
import { parseMoney } from '../../domain/money.ts';
import type { ScoredListing } from '../../domain/scored-listing.ts';

/** An invented security for tests: large, and nothing of it sold, unless told otherwise. */
export function scoredListing(row: {
  id: string;
  q: number;
  r: number;
  group?: string;
  amount?: string;
  remaining?: string;
}): ScoredListing {
  const amount = row.amount ?? '10000.00';
  return {
    id: row.id,
    venue: 'invented',
    price: 12.5,
    group: row.group ?? '36',
    amount: parseMoney(amount),
    remaining: parseMoney(row.remaining ?? amount),
    attributes: {},
    own: {},
    q: row.q,
    r: row.r,
  };
}

export function droppedListing(id: string, reason: DropReason): DroppedListing {
  return { id, price: null, group: null, reason, detail: 'invented' };
}

/** The default limits, some of them changed. */
export function limits(changes: Partial<DecisionLimits> = {}): DecisionLimits {
  return {
    perOrder: parseMoney('25.00'),
    perRun: parseMoney('1000.00'),
    perDay: parseMoney('1000.00'),
    perMonth: parseMoney('31000.00'),
    perGroup: null,
    listingShare: '0.25',
    minimumOrder: parseMoney('25.00'),
    step: parseMoney('25.00'),
    ...changes,
  };
}
