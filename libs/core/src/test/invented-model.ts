import { parseModelManifest, type ModelManifest } from '../domain/index.ts';
import type { Model } from '../score/index.ts';

const sha256 = '0'.repeat(64);

/**
 * A model whose one feature is the field `loss`: q is what the listing says it is. r rises from 0.05
 * at a price of 5 to 0.35 at 25.
 */
const inventedManifest: ModelManifest = parseModelManifest(
  {
    format: 1,
    name: 'lending',
    version: '2025-01-01-0123456789ab',
    model: { file: 'model.onnx', sha256, estimator: 'none', input: 'features', output: 'p' },
    features: {
      format: 1,
      name: 'invented',
      venue: 'invented',
      price: { field: 'price', column: 'price', unit: 'percent' },
      group: { field: 'term', column: 'term', unit: 'months' },
      ownData: [],
      features: [
        {
          name: 'loss',
          unit: 'probability',
          group: 'characteristic',
          type: 'number',
          field: 'loss',
          column: 'loss',
          missing: 'drop',
        },
      ],
    },
    label: { name: 'charged-off-within-12-months', hindsight: false, horizonMonths: 12 },
    training: {
      issuedBefore: '2025-01-01',
      rows: 10,
      dropped: {},
      dataSha256: sha256,
      ownData: [],
      packages: {},
    },
    metrics: {
      splitAt: '2024-06-01',
      rows: 2,
      q: { rocAuc: 0.7, brier: 0.1 },
      r: { rocAuc: 0.6, brier: 0.12 },
    },
    riskCurves: { '36': { prices: [5, 25], risks: [0.05, 0.35] } },
    parity: { file: 'parity.csv', sha256, rows: 1000, tolerance: 1e-6 },
  },
  'invented',
);

/** That model, and how often it was closed. */
export function inventedModel(): Model & { readonly closed: () => number } {
  let closed = 0;
  return {
    manifest: inventedManifest,
    where: 'invented',
    score: (values) => Promise.resolve(Float64Array.from(values)),
    close: () => {
      closed += 1;
      return Promise.resolve();
    },
    closed: () => closed,
  };
}
