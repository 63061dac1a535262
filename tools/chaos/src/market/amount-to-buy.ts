import { minimumMoney, parseMoney, type Money } from '@mispriced/core';
import type { FillConduct, FillKind } from './conduct.ts';
import type { MarketDeclaration } from './declaration.ts';

const cent = parseMoney('0.01');
/** LendingClub's step: what is rounded moves by less. */
const step = parseMoney('25.00');
const mostBeyond = parseMoney('100.00');

/**
 * What the market makes of the dollars of an order, in whole cents. Where it declares that it never
 * fills more, it cannot round up within that: the order is then filled as asked.
 */
export function amountToBuy(args: {
  readonly requested: Money;
  readonly conduct: FillConduct;
  readonly declaration: MarketDeclaration;
}): { amount: Money; fill: FillKind } {
  const { requested, declaration } = args;
  const { fill, extent } = args.conduct;
  const most = declaration.mostFilled(requested);
  if (fill === 'rounded-up' && most.greaterThan(requested)) {
    return { amount: requested.plus(part(most.minus(requested), extent)), fill };
  }
  if (fill === 'rounded-up-beyond') return { amount: most.plus(part(mostBeyond, extent)), fill };
  const leastLeft = minimumMoney(step, requested).minus(cent);
  if (fill === 'rounded-down' && leastLeft.greaterThan(0)) {
    return { amount: requested.minus(part(leastLeft, extent)), fill };
  }
  return { amount: requested, fill: fill === 'partly' || fill === 'gone' ? fill : 'as-asked' };
}

/** From one cent to all of it, as the extent goes from 0 to 1. */
function part(whole: Money, extent: number): Money {
  const cents = whole.dividedBy(cent).minus(1).toNumber();
  return cent.times(1 + Math.round(Math.max(0, cents) * extent));
}
