import { Decimal } from 'decimal.js';
import { MispricedError } from './errors.ts';

/** Forty digits: sums of cents stay exact far beyond any account. */
const ExactDecimal = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN });

/** An exact amount of US dollars. Never a binary float: cents must add up. */
export type Money = Decimal;

export const zeroMoney: Money = new ExactDecimal(0);

/**
 * Reads dollars from text, or from a number in JSON (whose shortest decimal text is what was sent).
 *
 * @throws MispricedError `DATA_INVALID` when it is not a finite amount in whole cents.
 */
export function parseMoney(value: string | number, name = 'amount'): Money {
  const text = String(value).trim();
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `${name} is ${JSON.stringify(value)}, which is not an amount in dollars.`,
      fix: 'Give a plain decimal number such as 1000.00.',
    });
  }
  const money = new ExactDecimal(text);
  if (money.decimalPlaces() > 2) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `${name} is ${text}, which has fractions of a cent.`,
      fix: 'Give dollars with at most two decimals.',
    });
  }
  return money;
}

/** Dollars with exactly two decimals, as every file and answer of ours has them. */
export function formatMoney(money: Money): string {
  return money.toFixed(2);
}

export function sumMoney(amounts: Iterable<Money>): Money {
  let total = zeroMoney;
  for (const amount of amounts) total = total.plus(amount);
  return total;
}

export function minimumMoney(first: Money, ...others: readonly Money[]): Money {
  return others.reduce((least, other) => (other.lessThan(least) ? other : least), first);
}

/** The largest multiple of `step` that is not more than `money`; nothing for a negative amount. */
export function floorToStep(money: Money, step: Money): Money {
  if (money.lessThanOrEqualTo(0)) return zeroMoney;
  return money.dividedToIntegerBy(step).times(step);
}

/** `share` (0 to 1, a decimal text so that 0.1 is exactly a tenth) of an amount, rounded down to cents. */
export function shareOfMoney(money: Money, share: string): Money {
  return money.times(new ExactDecimal(share)).toDecimalPlaces(2, Decimal.ROUND_DOWN);
}
