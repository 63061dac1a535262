import type { SkipReason } from '../domain/decision.ts';
import type { DecisionLimits } from '../domain/decision-limits.ts';
import type { Listing } from '../domain/listing.ts';
import { floorToStep, type Money, shareOfMoney, zeroMoney } from '../domain/money.ts';
import { mostFilled } from '../domain/venue.ts';

/** One limit on an order, in dollars, and what a skip is called when it leaves too little. */
interface Bound {
  readonly reason: SkipReason;
  readonly atMost: Money;
}

/** What may be bought of a listing now: dollars, or why nothing. */
export type Offer = { readonly amount: Money } | { readonly refusal: SkipReason };

/** Keeps the accounts of one run: what every limit still leaves after what was decided so far. */
export class Budget {
  readonly #limits: DecisionLimits;
  readonly #spentByGroup: Map<string, Money>;
  readonly #roundsUpTo: Money | null;
  #runLeft: Money;
  #dayLeft: Money;
  #monthLeft: Money;
  #cashLeft: Money;

  constructor(args: {
    limits: DecisionLimits;
    cash: Money;
    spentInRun: Money;
    spentByGroup: ReadonlyMap<string, Money>;
    spentAround: { readonly day: Money; readonly month: Money };
    roundsUpTo: Money | null;
  }) {
    this.#limits = args.limits;
    this.#roundsUpTo = args.roundsUpTo;
    this.#dayLeft = args.limits.perDay.minus(args.spentAround.day);
    this.#monthLeft = args.limits.perMonth.minus(args.spentAround.month);
    this.#spentByGroup = new Map(args.spentByGroup);
    this.#runLeft = args.limits.perRun.minus(args.spentInRun);
    this.#cashLeft = args.cash;
  }

  /**
   * The largest order that every limit still allows, in whole steps. Where that is less than the
   * minimum order, the tightest limit is the reason; of limits equally tight, the first in the order
   * of `bounds`.
   */
  offerFor(listing: Listing): Offer {
    const tightest = this.#bounds(listing).reduce((least, bound) =>
      notNegative(bound.atMost).lessThan(notNegative(least.atMost)) ? bound : least,
    );
    const amount = this.#orderWithin(tightest.atMost);
    const isEnough =
      amount.greaterThan(0) && amount.greaterThanOrEqualTo(this.#limits.minimumOrder);
    return isEnough ? { amount } : { refusal: tightest.reason };
  }

  /** Takes a decided order off what is left. */
  spend(listing: Listing, amount: Money): void {
    const most = this.#mostFilled(amount);
    this.#runLeft = this.#runLeft.minus(most);
    this.#dayLeft = this.#dayLeft.minus(most);
    this.#monthLeft = this.#monthLeft.minus(most);
    this.#cashLeft = this.#cashLeft.minus(most);
    this.#spentByGroup.set(listing.group, this.#spentIn(listing.group).plus(most));
  }

  /** The largest order in whole steps that stays within an amount even where the venue rounds it up. */
  #orderWithin(atMost: Money): Money {
    const { step } = this.#limits;
    const amount = floorToStep(atMost, step);
    if (this.#roundsUpTo === null || this.#mostFilled(amount).lessThanOrEqualTo(atMost))
      return amount;
    return floorToStep(floorToStep(atMost, this.#roundsUpTo), step);
  }

  #mostFilled(amount: Money): Money {
    return mostFilled(amount, { roundsUpTo: this.#roundsUpTo });
  }

  #bounds(listing: Listing): readonly Bound[] {
    const { remaining } = listing;
    const share = shareOfMoney(listing.amount, this.#limits.listingShare);
    const group = this.#groupLimit(listing.group)?.minus(this.#spentIn(listing.group));
    const bounds: Bound[] = [
      { reason: 'listing-share-limit', atMost: share },
      ...(group ? [{ reason: 'group-limit', atMost: group } as const] : []),
      { reason: 'run-limit', atMost: this.#runLeft },
      { reason: 'day-limit', atMost: this.#dayLeft },
      { reason: 'month-limit', atMost: this.#monthLeft },
      { reason: 'cash-limit', atMost: this.#cashLeft },
      { reason: 'below-minimum-order', atMost: remaining },
      { reason: 'below-minimum-order', atMost: this.#limits.perOrder },
    ];
    if (remaining.lessThanOrEqualTo(0))
      bounds.unshift({ reason: 'fully-funded', atMost: remaining });
    return bounds;
  }

  #groupLimit(group: string): Money | null {
    const { perGroup } = this.#limits;
    if (perGroup === null) return null;
    const own = Object.hasOwn(perGroup.byGroup, group) ? perGroup.byGroup[group] : undefined;
    return own ?? perGroup.default;
  }

  #spentIn(group: string): Money {
    return this.#spentByGroup.get(group) ?? zeroMoney;
  }
}

/** A limit overdrawn leaves nothing, as one used up does: neither is tighter than the other. */
function notNegative(money: Money): Money {
  return money.lessThan(0) ? zeroMoney : money;
}
