import { checkScoredOutcomes } from './check-scored-outcomes.ts';
import { midRanks } from './mid-ranks.ts';

/**
 * How well scores order securities: the probability that one with a loss scores above one without,
 * a tie counting half (0.5 is a coin, 1 is perfect). From the Mann-Whitney statistic with mid-ranks:
 * J. A. Hanley and B. J. McNeil, "The meaning and use of the area under a receiver operating
 * characteristic (ROC) curve", Radiology 143 (1982).
 *
 * @param outcomes 1 for a loss, 0 for none.
 * @returns Null where only one outcome occurs: there is nothing to order.
 * @throws MispricedError `DATA_INVALID` for rows that cannot be measured.
 */
export function rocAuc(scores: ArrayLike<number>, outcomes: ArrayLike<number>): number | null {
  checkScoredOutcomes(scores, outcomes);
  let losses = 0;
  let rankSum = 0;
  midRanks(scores).forEach((rank, row) => {
    if (outcomes[row] !== 1) return;
    losses += 1;
    rankSum += rank;
  });
  const others = scores.length - losses;
  if (losses === 0 || others === 0) return null;
  return (rankSum - (losses * (losses + 1)) / 2) / (losses * others);
}
