import { riskCurveError } from './risk-curve-error.ts';

/**
 * Refuses scores that cannot be measured.
 *
 * @throws MispricedError `DATA_INVALID` for lists of different length, no rows, a score that is not
 * a finite number, or an outcome other than 0 and 1.
 */
export function checkScoredOutcomes(scores: ArrayLike<number>, outcomes: ArrayLike<number>): void {
  const problems: string[] = [];
  if (scores.length !== outcomes.length) {
    problems.push(`there are ${scores.length} scores and ${outcomes.length} outcomes`);
  }
  if (scores.length === 0) problems.push('there are no rows');
  for (let row = 0; row < scores.length; row += 1) {
    if (!Number.isFinite(scores[row])) problems.push(`row ${row}: a score is not a number`);
    const outcome = outcomes[row];
    if (outcome !== 0 && outcome !== 1) problems.push(`row ${row}: an outcome is not 0 or 1`);
  }
  if (problems.length > 0) throw riskCurveError('The scores cannot be measured', problems);
}
