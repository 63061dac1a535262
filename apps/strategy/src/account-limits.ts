import type { ConfigValues } from '@mispriced/config';
import { parseMoney, type Money } from '@mispriced/core';

/** What an account may spend over several runs, in dollars. */
export interface AccountLimits {
  /** In the runs whose slots are on one day, UTC. */
  readonly perDay: Money;
  /** In the runs whose slots are in one month, UTC. */
  readonly perMonth: Money;
}

/** The longest month: what is not set must not stop a strategy that trades each day. */
const daysOfMonth = 31;

/**
 * The limits by day and month. A day that is not set has room for one whole run, a month for 31 such
 * days: without a word in the configuration a second run in a day buys only what the first left.
 */
export function accountLimitsOf(
  limits: Pick<ConfigValues['limits'], 'perRun' | 'perDay' | 'perMonth'>,
): AccountLimits {
  const perDay = parseMoney(limits.perDay ?? limits.perRun, 'limits.per_day');
  const { perMonth } = limits;
  return {
    perDay,
    perMonth:
      perMonth === undefined ? perDay.times(daysOfMonth) : parseMoney(perMonth, 'limits.per_month'),
  };
}
