import type { PlannedLimits } from '../history/history-plan.ts';
import type { BrokenWords } from './broken-words.ts';
import { centsOf, inDollars } from './cents.ts';
import type { KnownOrder } from './known-order.ts';
import { mostFilledCents } from './most-filled.ts';
import type { SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

type Limit = keyof Omit<PlannedLimits, 'step'> | 'cash';

/** An order that counts, with the limits that it is judged by; null for one that counts for later ones. */
export interface CountedOrder {
  readonly known: KnownOrder;
  readonly limits: (PlannedLimits & { readonly cash: string | null }) | null;
  readonly bookedCents: number;
}

/** What each limit is added up over. */
const periods: Readonly<Record<Limit, (order: KnownOrder) => string>> = {
  perOrder: ({ intent }) => `${intent.path}@${intent.offset}`,
  perRun: ({ slot }) => slot,
  cash: ({ slot }) => slot,
  perGroup: ({ slot, group }) => `${slot} group ${group}`,
  perDay: ({ slot }) => slot.slice(0, 10),
  perMonth: ({ slot }) => slot.slice(0, 7),
};

/**
 * No limit is exceeded by a cent. Orders count in the order in which they were written down, each
 * against the limits of the run that sent it, with what the market really booked for all before it.
 * From the moment on at which the market of its account broke its word, no order is judged.
 */
export function checkLimits(
  sent: readonly SentOrder[],
  { brokenSince }: BrokenWords,
  earlier: readonly CountedOrder[],
): readonly Violation[] {
  const ours = sent.flatMap(
    ({ known, run, account, atMilliseconds, bookedCents, isSoldUnseen }) => {
      if (known === null || run === null || isSoldUnseen) return [];
      if (atMilliseconds >= brokenSince(account)) return [];
      // What was filled beyond the declaration was not yet known to be, as this was sent.
      const cents = Math.min(bookedCents, mostFilledCents(known.askedCents));
      return [
        { known, limits: { ...run.plan.limits, cash: run.plan.cashLimit }, bookedCents: cents },
      ];
    },
  );
  const orders = [...earlier, ...ours].sort(
    (one, other) =>
      one.known.intent.path.localeCompare(other.known.intent.path) ||
      one.known.intent.offset - other.known.intent.offset,
  );
  const violations: Violation[] = [];
  for (const [limit, periodOf] of Object.entries(periods) as [Limit, (typeof periods)[Limit]][]) {
    const sums = new Map<string, number>();
    for (const { known, limits, bookedCents } of orders) {
      const period = `${known.account} ${periodOf(known)}`;
      const sum = (sums.get(period) ?? 0) + bookedCents;
      sums.set(period, sum);
      const most = limits?.[limit] ?? null;
      if (bookedCents === 0 || most === null || sum <= centsOf(most)) continue;
      violations.push({
        promise: `no limit is exceeded: ${limit}`,
        facts: `${period}: ${inDollars(sum)} with the order for ${known.listingId}, limit ${most}`,
      });
    }
  }
  return violations;
}
