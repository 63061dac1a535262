import {
  formatMoney,
  MispricedError,
  mostFilled,
  parseLedgerMoney,
  sumMoney,
  zeroMoney,
  type Money,
  type OrderIntent,
} from './domain/index.ts';
import { isUnsettled, spentAround, spentByGroup } from './ledger/index.ts';
import type { OrderDependencies } from './orders/index.ts';
import type { PipelineParts } from './pipeline-parts.ts';
import { settleAccount } from './settle-account.ts';
import { startStopwatch } from './stores/index.ts';
import { findBreach } from './venue-breaches.ts';

/** So long after it was written an intent is not sent any more: whoever waits for it counts on that. */
const intentLivesSeconds = 30;

/** What is looked at around each batch of orders, with all that the ledger knows by then. */
export function orderChecks(
  parts: PipelineParts,
  cash: Money,
): Pick<
  OrderDependencies,
  'startSending' | 'settle' | 'findBreach' | 'filledBy' | 'ensureWithinLimits'
> {
  const { book, runId, releaseRule } = parts;
  const inRun = (): Money => sumMoney(spentByGroup(book.runs(), runId).values());
  // The cash was asked for just now: of it only what is ordered from here on is gone.
  const before = inRun();
  const ownOrders = () =>
    book.runs().flatMap((run) => (run.started.runId === runId ? run.orders : []));
  return {
    startSending: () => {
      const sinceWritten = startStopwatch(parts.clocks);
      return () => {
        if (!parts.isSurelyAlone()) return heldUp('the lease of this run may have lapsed');
        if (sinceWritten.most() > intentLivesSeconds * 1000) {
          return heldUp(
            `more than ${intentLivesSeconds} seconds passed since they were written down`,
          );
        }
        return null;
      };
    },
    settle: async () => {
      try {
        const waitSeconds = releaseRule.settleWithinSeconds + 30;
        await settleAccount({ ...parts, rule: releaseRule }, waitSeconds);
      } catch (error) {
        if (!(error instanceof MispricedError)) throw error;
        parts.onProgress(`the account could not be read: ${error.message}`);
      }
      return !ownOrders().some(isUnsettled);
    },
    findBreach: () => findBreach(book),
    filledBy: ({ orderId }) => {
      const order = ownOrders().find(({ intent }) => intent.orderId === orderId);
      return order?.result ? parseLedgerMoney(order.result.filled) : zeroMoney;
    },
    ensureWithinLimits: (batch) => {
      const problem = beyondLimits(parts, cash.minus(inRun().minus(before)), batch);
      if (problem !== null) throw limitReached(problem);
    },
  };
}

/** Which limit a batch would break, with all that was filled by now and all that is still open. */
function beyondLimits(
  { book, runId, slot, limits, venue }: PipelineParts,
  cash: Money,
  batch: readonly OrderIntent[],
): string | null {
  const most = ({ amount }: OrderIntent): Money => mostFilled(amount, venue.declaration);
  const wanted = sumMoney(batch.map(most));
  const byGroup = spentByGroup(book.runs(), runId);
  const inRun = sumMoney(byGroup.values());
  const around = spentAround(book.runs(), slot);
  const checks: [name: string, used: Money, limit: Money | null][] = [
    ['limits.per_run', inRun.plus(wanted), limits.perRun],
    ['limits.per_day', around.day.plus(wanted), limits.perDay],
    ['limits.per_month', around.month.plus(wanted), limits.perMonth],
    ['the cash', wanted, cash],
    ...[...Map.groupBy(batch, ({ group }) => group)].map(
      ([group, orders]): [string, Money, Money | null] => [
        `limits.per_group of ${group}`,
        (byGroup.get(group) ?? zeroMoney).plus(sumMoney(orders.map(most))),
        limits.perGroup?.byGroup[group] ?? limits.perGroup?.default ?? null,
      ],
    ),
  ];
  const broken = checks.find(([, used, limit]) => limit !== null && used.greaterThan(limit));
  if (broken === undefined) return null;
  const [name, used, limit] = broken;
  return `${formatMoney(used)} dollars would go beyond ${name}, ${formatMoney(limit ?? zeroMoney)}`;
}

function limitReached(problem: string): MispricedError {
  return new MispricedError({
    code: 'LIMIT_REACHED',
    message: `The next orders were not sent: ${problem}.`,
    fix: 'Limits count what was filled, and the most that open orders may still buy: `npx mispriced reconcile` shows them.',
  });
}

function heldUp(why: string): MispricedError {
  return new MispricedError({
    code: 'RUN_LEASE_LOST',
    message: `Orders were not sent, because ${why}.`,
    fix: 'Nothing of this batch left. See the ledger for a run that has taken over.',
    retryable: true,
  });
}
