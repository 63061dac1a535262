import type { Decision, DecisionReason } from '../domain/decision.ts';
import type { DroppedListing } from '../domain/enriched-listing.ts';
import { type Money, zeroMoney } from '../domain/money.ts';
import type { ScoredListing } from '../domain/scored-listing.ts';
import { Budget } from './budget.ts';
import { checkDecisionRequest } from './check-decision-request.ts';
import { compareEdges } from './compare-edges.ts';
import type { DecisionRequest } from './decision-request.ts';

/**
 * Decides what to buy, and says of every other security why not.
 *
 * A security is a candidate where the model thinks it safer than its price says by more than the
 * threshold. Candidates are served best edge first; each gets what every limit still leaves, in
 * whole steps. One that does not fit is skipped and the next is tried, so a later candidate may be
 * bought where an earlier one was not. With the kill switch on, the same is worked out and each buy
 * becomes a skip: the report shows what would have been bought. A security with an order of unknown
 * fate is skipped whatever its edge.
 *
 * A pure function, and the order of its rows does not matter: the same market, account and limits
 * give the same decisions in a backtest, a replay and a live run.
 *
 * @returns One for every row given: by edge, then id as text; rows without an edge last.
 * @throws MispricedError `CONFIG_INVALID` for limits or a threshold that make no sense,
 * `DATA_INVALID` for a score that is no probability, an amount that is no number or a security
 * scored twice. Nothing is decided then.
 */
export function decide(request: DecisionRequest): Decision[] {
  checkDecisionRequest(request);
  const budget = new Budget({
    limits: request.limits,
    cash: request.cash,
    spentInRun: request.spentInRun ?? zeroMoney,
    spentByGroup: request.spentByGroup ?? new Map<string, Money>(),
    spentAround: request.spentAround ?? { day: zeroMoney, month: zeroMoney },
    roundsUpTo: request.roundsUpTo ?? null,
  });
  const candidates = request.scored.map((listing) => ({
    listing,
    id: listing.id,
    edge: listing.q - listing.r,
  }));
  const scored = candidates.sort(compareEdges).map(({ listing, id, edge }): Decision => {
    const { price, group, r, q } = listing;
    const verdict = judge({ request, budget, listing, edge });
    const decision = verdict.reason === 'edge-beyond-threshold' ? 'buy' : 'skip';
    return { id, price, group, r, q, edge, decision, ...verdict };
  });
  return [...scored, ...request.dropped.map(decisionForDropped).sort(compareEdges)];
}

interface Verdict {
  readonly reason: DecisionReason;
  readonly amount: Money;
}

function judge(args: {
  request: DecisionRequest;
  budget: Budget;
  listing: ScoredListing;
  edge: number;
}): Verdict {
  const { request, budget, listing, edge } = args;
  if (request.unknown.has(listing.id)) return skip('order-unknown');
  if (!(edge < -request.threshold)) return skip('edge-within-threshold');
  if (request.held.has(listing.id)) return skip('already-held');
  const offer = budget.offerFor(listing);
  if ('refusal' in offer) return skip(offer.refusal);
  budget.spend(listing, offer.amount);
  if (request.killSwitch) return skip('kill-switch');
  return { reason: 'edge-beyond-threshold', amount: offer.amount };
}

function skip(reason: DecisionReason): Verdict {
  return { reason, amount: zeroMoney };
}

function decisionForDropped({ id, price, group, reason }: DroppedListing): Decision {
  return { id, price, group, r: null, q: null, edge: null, decision: 'skip', ...skip(reason) };
}
