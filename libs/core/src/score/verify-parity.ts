import { monthNumber } from '../domain/calendar-date.ts';
import { MispricedError } from '../domain/errors.ts';
import { buildFeatureRow } from './feature-matrix.ts';
import type { Model } from './model.ts';
import { checkSha256, modelCorrupt } from './model-errors.ts';
import { type ParityRow, parseParityRows } from './parity-rows.ts';

/** The market's view of a price, 0 to 1; null where there is no curve for the group. */
export type RiskOf = (group: string, price: number) => number | null;

/** How far scoring here is from scoring where the model was trained. */
export interface ParityReport {
  readonly rows: number;
  /** Largest difference in q. */
  readonly largestDifference: number;
  /** Largest difference in r; null where no risk curve was given. */
  readonly largestRiskDifference: number | null;
}

/** r is plain double arithmetic in both languages, so only its last digits may differ. */
const riskTolerance = 1e-9;

/**
 * Scores a model's parity set and compares with what training computed, from the listing's values
 * through the features to q and, with `riskOf`, to r. A model that fails it does not trade: its
 * export, the features or the runtime is not what it was.
 *
 * @throws MispricedError `MODEL_PARITY` with the worst row; `MODEL_CORRUPT` for another parity set
 * than the manifest's.
 */
export async function verifyParity(
  model: Model,
  parityText: string,
  riskOf?: RiskOf,
): Promise<ParityReport> {
  const { manifest, where } = model;
  const { file, sha256: expected } = manifest.parity;
  checkSha256({ where, file, content: parityText, expected });
  const rows = parseParityRows(parityText, where);
  if (rows.length !== manifest.parity.rows) {
    throw modelCorrupt(
      where,
      `${file} has ${rows.length} rows, where the manifest names ${manifest.parity.rows}`,
    );
  }
  const q = await model.score(buildParityMatrix(model, rows));
  const largestDifference = checkColumn({
    model,
    rows,
    name: 'q',
    expected: (row) => row.q,
    actual: (_row, index) => q[index] ?? null,
    tolerance: manifest.parity.tolerance,
  });
  const largestRiskDifference =
    riskOf === undefined
      ? null
      : checkColumn({
          model,
          rows,
          name: 'r',
          expected: (row) => row.r,
          actual: (row) => riskOf(row.group, row.price),
          tolerance: riskTolerance,
        });
  return { rows: rows.length, largestDifference, largestRiskDifference };
}

function buildParityMatrix(model: Model, rows: readonly ParityRow[]): Float32Array {
  const { features: featureSet } = model.manifest;
  const width = featureSet.features.length;
  const target = new Float32Array(rows.length * width);
  rows.forEach(({ source, asOf }, index) => {
    const drop = buildFeatureRow({
      source,
      featureSet,
      asOfMonth: monthNumber(asOf),
      target,
      offset: index * width,
    });
    if (drop === null) return;
    throw parityBroken(model, `training scored row "${source.id}", but here ${drop.detail}`);
  });
  return target;
}

/** @returns The largest difference. */
function checkColumn(args: {
  model: Model;
  rows: readonly ParityRow[];
  name: string;
  expected: (row: ParityRow) => number;
  actual: (row: ParityRow, index: number) => number | null;
  tolerance: number;
}): number {
  let worst = { difference: 0, text: '' };
  let beyond = 0;
  args.rows.forEach((row, index) => {
    const expected = args.expected(row);
    const actual = args.actual(row, index);
    const difference = actual === null ? Number.POSITIVE_INFINITY : Math.abs(actual - expected);
    if (!(difference <= args.tolerance)) beyond += 1;
    if (difference > worst.difference) {
      const got = actual === null ? 'none' : String(actual);
      worst = {
        difference,
        text: `row "${row.source.id}" has ${args.name} ${got}, not ${expected}`,
      };
    }
  });
  if (beyond === 0) return worst.difference;
  throw parityBroken(
    args.model,
    `${beyond} of ${args.rows.length} rows differ in ${args.name} by more than ${args.tolerance}; the worst, ${worst.text}`,
  );
}

function parityBroken(model: Model, problem: string): MispricedError {
  return new MispricedError({
    code: 'MODEL_PARITY',
    message: `The model ${model.where} does not score here as it did in training: ${problem}.`,
    fix: 'Train and export it again, with a pipeline that converts exactly (docs/train-a-model.md).',
  });
}
