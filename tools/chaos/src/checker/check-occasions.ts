import type { PlayedHistory } from '../play/played-history.ts';
import type { SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

const hour = 3_600_000;

/**
 * There are occasions on which nothing is ordered: a run that is late and skips or trades on paper, one
 * that begins while the market is closed, and any run of an account as long as a ledger of the first
 * version is there that nobody has carried over.
 */
export function checkOccasions(
  history: PlayedHistory,
  sent: readonly SentOrder[],
): readonly Violation[] {
  const migratedAt = migrationOf(history);
  return sent.flatMap((order): readonly Violation[] => {
    const { run, host, account, atMilliseconds } = order;
    const facts = `${host} sent an order for ${order.listingId}`;
    const violations: Violation[] = [];
    if (run?.late === 'skip' || run?.late === 'paper') {
      violations.push({ promise: 'a late run does what is configured', facts });
    }
    if (run !== null && isClosedAllAlong(history, run.startedAtMilliseconds, atMilliseconds)) {
      // By the storage's time, plus what the host has measured: with a clock that steps too much.
      const steps = run.plan.interruptions.some(
        ({ interruption }) => interruption.kind === 'step-clock',
      );
      if (!steps) violations.push({ promise: 'nothing is ordered at a closed market', facts });
    }
    if (account === 'main' && atMilliseconds < migratedAt) {
      violations.push({
        promise: 'a ledger of the first version is not ignored',
        facts: `${facts} before it was carried over`,
      });
    }
    return violations;
  });
}

/** When the ledger of the first version was carried over, true time; before all time where there was none. */
function migrationOf({ plan, storageRequests }: PlayedHistory): number {
  if (plan.firstLedger === null) return Number.NEGATIVE_INFINITY;
  const note = `${plan.firstLedger.strategy}/migrated.json`;
  const written = storageRequests.find(
    ({ container, path, tookEffectAt }) =>
      container === 'ledger' && path === note && tookEffectAt !== null,
  );
  return written?.tookEffectAt?.getTime() ?? Number.POSITIVE_INFINITY;
}

function isClosedAllAlong({ plan }: PlayedHistory, from: number, until: number): boolean {
  const isClosed = (milliseconds: number): boolean =>
    new Date(milliseconds).getUTCHours() === plan.closedHour;
  return until - from < hour && isClosed(from) && isClosed(until);
}
