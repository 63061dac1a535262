import type { LedgerOrder } from './ledger-state.ts';

/** How much evidence it takes to believe that an order was never taken. */
export interface ReleaseRule {
  /** From the end of an attempt until the order must show, in seconds. */
  readonly settleWithinSeconds: number;
  /** For an order whose attempt nobody saw end: how long readings must have shown nothing. */
  readonly releaseAfterHours: number;
}

/** Readings of the account that must agree. */
const leastReadings = 3;
/** Azure Storage tells the time in whole seconds. */
const clockStepSeconds = 2;

/**
 * From when on readings say something of an order, in milliseconds since 1970; null where its attempt
 * was not seen to end.
 */
export function evidenceBegins({ attemptEndedAt }: LedgerOrder, rule: ReleaseRule): number | null {
  if (attemptEndedAt === null) return null;
  return attemptEndedAt.getTime() + (rule.settleWithinSeconds + clockStepSeconds) * 1000;
}

/** A request is sent within half a minute of its intent, and answered or given up within five more. */
const longestAttemptSeconds = 330;

/**
 * From when on a person may say of an order that a reading does not show that it was not taken: before
 * that the venue may still be about to show it.
 */
export function closableFrom(order: LedgerOrder, rule: ReleaseRule): Date {
  const intended = Date.parse(order.intent.at) + longestAttemptSeconds * 1000;
  const settles = (rule.settleWithinSeconds + clockStepSeconds) * 1000;
  return new Date(evidenceBegins(order, rule) ?? intended + settles);
}

/**
 * True where the readings prove that an order was not taken. Where its attempt was seen to end, three
 * readings after the declared delay do. Where it was not, a host that is frozen may still send it when
 * it wakes: only readings over many hours do, longer than the platform lets any run live.
 */
export function isReleased(order: LedgerOrder, rule: ReleaseRule): boolean {
  const { absentAt } = order;
  const begins = evidenceBegins(order, rule);
  if (begins !== null) {
    return absentAt.filter((at) => at.getTime() >= begins).length >= leastReadings;
  }
  const times = absentAt.map((at) => at.getTime());
  const span = Math.max(...times) - Math.min(...times);
  return times.length >= leastReadings && span >= rule.releaseAfterHours * 3_600_000;
}
