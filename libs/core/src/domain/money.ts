import { Decimal } from 'decimal.js';
import { MispricedError } from './errors.ts';

/** Forty digits: sums of cents stay exact far beyond any account. */
const ExactDecimal = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_EVEN });

/** An exact amount of US dollars. Never a binary float: cents must add up. */
export type Money = Decimal;

export const zeroMoney: Money = new ExactDecimal(0);

/** The most decimals that a market's own amounts have. */
const marketDecimals = 8;

/**
 * Reads dollars from text, or from a number in JSON (whose shortest decimal text is what was sent).
 *
 * @throws MispricedError `DATA_INVALID` when it is not a finite amount in whole cents.
 */
export function parseMoney(value: string | number, name = 'amount'): Money {
  const money = readMoney(value, name);
  if (money.decimalPlaces() > 2) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `${name} is ${String(value).trim()}, which has fractions of a cent.`,
      fix: 'Give dollars with at most two decimals.',
    });
  }
  return money;
}

/** Reads an amount that the ledger holds, which has as many decimals as its market. Throws as above. */
export function parseLedgerMoney(text: string): Money {
  return readMoney(text, 'an amount of the ledger');
}

/** An amount as the ledger has it: never negative, two decimals or as many as its market has. */
export const ledgerMoneyPattern = new RegExp(`^\\d+\\.\\d{2,${marketDecimals}}$`);

function readMoney(value: string | number, name: string): Money {
  const text = String(value).trim();
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `${name} is ${JSON.stringify(value)}, which is not an amount in dollars.`,
      fix: 'Give a plain decimal number such as 1000.00.',
    });
  }
  return new ExactDecimal(text);
}

/** Dollars as every file and answer of ours has them: two decimals, more where the market has more. */
export function formatMoney(money: Money): string {
  return money.toFixed(Math.max(2, money.decimalPlaces()));
}

export function sumMoney(amounts: Iterable<Money>): Money {
  let total = zeroMoney;
  for (const amount of amounts) total = total.plus(amount);
  return total;
}

/** The least multiple of `step` that is not less than `money`. */
export function ceilToStep(money: Money, step: Money): Money {
  return money.dividedBy(step).ceil().times(step);
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
