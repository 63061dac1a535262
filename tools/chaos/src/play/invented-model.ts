import { parseModelManifest, type Model } from '@mispriced/core';

const sha256 = '0'.repeat(64);

/**
 * A model that thinks every loan as safe as any other. r rises with the interest from 0.05 at 5 to
 * 0.35 at 25 percent, so that all but the cheapest loans look mispriced.
 */
export function inventedModel(): Model {
  return {
    manifest: parseModelManifest(manifest, 'invented'),
    where: 'invented',
    score: (values) => Promise.resolve(Float64Array.from(values, () => 0.05)),
    close: () => Promise.resolve(),
  };
}

const curve = { prices: [5, 25], risks: [0.05, 0.35] };

const manifest = {
  format: 1,
  name: 'lending',
  version: '2010-12-01-0123456789ab',
  model: { file: 'model.onnx', sha256, estimator: 'none', input: 'features', output: 'p' },
  features: {
    format: 1,
    name: 'invented',
    venue: 'lendingclub',
    price: { field: 'intRate', column: 'int_rate', unit: 'percent' },
    group: { field: 'term', column: 'term', unit: 'months' },
    ownData: [],
    features: [
      {
        name: 'interest',
        unit: 'percent',
        group: 'characteristic',
        type: 'number',
        field: 'intRate',
        column: 'int_rate',
        missing: 'drop',
      },
    ],
  },
  label: { name: 'charged-off-within-12-months', hindsight: false, horizonMonths: 12 },
  training: {
    issuedBefore: '2010-12-01',
    rows: 10,
    dropped: {},
    dataSha256: sha256,
    ownData: [],
    packages: {},
  },
  metrics: {
    splitAt: '2010-06-01',
    rows: 2,
    q: { rocAuc: 0.7, brier: 0.1 },
    r: { rocAuc: 0.6, brier: 0.12 },
  },
  riskCurves: { '36': curve, '60': curve },
  parity: { file: 'parity.csv', sha256, rows: 1000, tolerance: 1e-6 },
};
