import { type Money, zeroMoney } from '../../domain/money.ts';
import type { OrderOutcome } from '../../domain/order.ts';
import { meaningOfStatus, type StatusMeaning } from './execution-status.ts';

/** Notes come in multiples of this many dollars, so a rounding moves less than one of them. */
const noteStepDollars = 25;

/** How one order ended, as far as its confirmation can be believed. */
export interface SettledOutcome {
  readonly outcome: OrderOutcome;
  /** Dollars. */
  readonly filled: Money;
}

const unknown: SettledOutcome = { outcome: 'unknown', filled: zeroMoney };

/**
 * Weighs the amount invested against the words beside it. Where they contradict each other, or where
 * nothing was invested and no word says why, the order's fate is unknown.
 */
export function outcomeOfConfirmation(args: {
  /** Dollars asked for. */
  requested: Money;
  /** Dollars the venue says it took. */
  invested: Money;
  statuses: readonly string[];
}): SettledOutcome {
  const { requested, invested } = args;
  const said = new Set(args.statuses.map(meaningOfStatus));
  if (said.has('doubtful')) return unknown;
  if (!invested.greaterThan(0)) return nothingInvested(said);
  if (said.has('refused')) return unknown;

  const short = requested.minus(invested);
  const isRounding = said.has('rounded') && short.abs().lessThan(noteStepDollars);
  if (short.isZero()) {
    return said.has('limited') ? unknown : { outcome: 'filled', filled: invested };
  }
  if (isRounding && !said.has('limited')) return { outcome: 'rounded', filled: invested };
  return short.isPositive() ? { outcome: 'partly-filled', filled: invested } : unknown;
}

function nothingInvested(said: ReadonlySet<StatusMeaning>): SettledOutcome {
  const refused = said.has('refused') || said.has('limited');
  const contradicted = said.has('fulfilled') || said.has('unforeseen');
  return refused && !contradicted ? { outcome: 'refused', filled: zeroMoney } : unknown;
}
