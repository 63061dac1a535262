import { checkScoredOutcomes } from './check-scored-outcomes.ts';
import { midRanks } from './mid-ranks.ts';
import { riskCurveError } from './risk-curve-error.ts';

/** Securities of similar score: what was foretold of them and what happened. */
export interface CalibrationBin {
  readonly count: number;
  readonly lowestScore: number;
  readonly highestScore: number;
  readonly meanScore: number;
  /** Share with a loss. Near `meanScore` where the scores are honest probabilities. */
  readonly lossRate: number;
}

/**
 * Compares foretold with observed risk in bins of as nearly equal count as ties allow (a reliability
 * diagram in numbers: A. H. Murphy and R. L. Winkler, "Reliability of subjective probability
 * forecasts of precipitation and temperature", Applied Statistics 26, 1977). Equal scores are never
 * parted: they go where the mean of their ranks falls, so there may be fewer bins than asked for.
 *
 * @param outcomes 1 for a loss, 0 for none.
 * @param bins How many bins to aim at, 1 or more.
 * @returns In rising order of score.
 * @throws MispricedError `DATA_INVALID` for rows that cannot be measured, or no whole number of bins.
 */
export function calibrationTable(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  bins: number,
): CalibrationBin[] {
  checkScoredOutcomes(scores, outcomes);
  if (!Number.isInteger(bins) || bins < 1) {
    throw riskCurveError('The scores cannot be measured', [`${bins} is no number of bins`]);
  }
  const ranks = midRanks(scores);
  const rows = ranks.map((rank, row) => ({
    bin: Math.floor(((rank - 1) * bins) / ranks.length),
    score: scores[row] ?? Number.NaN,
    outcome: outcomes[row] ?? Number.NaN,
  }));
  return [...Map.groupBy(rows, (row) => row.bin)]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => summarise(members));
}

function summarise(rows: readonly { score: number; outcome: number }[]): CalibrationBin {
  let lowestScore = Number.POSITIVE_INFINITY;
  let highestScore = Number.NEGATIVE_INFINITY;
  let scoreSum = 0;
  let losses = 0;
  for (const { score, outcome } of rows) {
    lowestScore = Math.min(lowestScore, score);
    highestScore = Math.max(highestScore, score);
    scoreSum += score;
    losses += outcome;
  }
  const count = rows.length;
  return {
    count,
    lowestScore,
    highestScore,
    meanScore: scoreSum / count,
    lossRate: losses / count,
  };
}
