import { checkScoredOutcomes } from './check-scored-outcomes.ts';
import { riskCurveError } from './risk-curve-error.ts';

/**
 * How near probabilities are to what happened: their mean squared difference, 0 for a perfect
 * forecast, less is better. G. W. Brier, "Verification of forecasts expressed in terms of
 * probability", Monthly Weather Review 78 (1950), in the form for two outcomes.
 *
 * @param scores Probabilities of a loss, 0 to 1.
 * @param outcomes 1 for a loss, 0 for none.
 * @throws MispricedError `DATA_INVALID` for rows that cannot be measured, or a score outside 0 to 1.
 */
export function brierScore(scores: ArrayLike<number>, outcomes: ArrayLike<number>): number {
  checkScoredOutcomes(scores, outcomes);
  const problems: string[] = [];
  let sum = 0;
  for (let row = 0; row < scores.length; row += 1) {
    const score = scores[row] ?? Number.NaN;
    if (!(score >= 0 && score <= 1)) problems.push(`row ${row}: ${score} is no probability`);
    sum += (score - (outcomes[row] ?? Number.NaN)) ** 2;
  }
  if (problems.length > 0) throw riskCurveError('The scores cannot be measured', problems);
  return sum / scores.length;
}
