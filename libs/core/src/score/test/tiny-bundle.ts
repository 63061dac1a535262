import { createHash } from 'node:crypto';
import type { FeatureSet } from '../../domain/feature-set.ts';
import type { ModelManifest } from '../../domain/model-manifest.ts';
import type { ModelBundle } from '../model.ts';
import { type TinyModel, tinyOnnxModel } from './tiny-onnx-model.ts';

/** One feature of each type, and of each way with missing values. */
export const tinyFeatures: FeatureSet = {
  format: 1,
  name: 'tiny',
  venue: 'lendingclub',
  price: { field: 'intRate', column: 'int_rate', unit: 'percent' },
  group: { field: 'term', column: 'term', unit: 'months' },
  ownData: [
    {
      name: 'rates',
      keys: [{ field: 'addrState', column: 'addr_state', ownColumn: 'state' }],
      date: { ownColumn: 'month', lagMonths: 2, staleAfterMonths: 3 },
      columns: ['rate'],
    },
  ],
  features: [
    {
      name: 'int_rate',
      unit: 'percent',
      group: 'price',
      type: 'number',
      field: 'intRate',
      column: 'int_rate',
      missing: 'drop',
    },
    {
      name: 'dti',
      unit: 'percent',
      group: 'characteristic',
      type: 'number',
      field: 'dti',
      column: 'dti',
      missing: { fill: 17.5 },
    },
    {
      name: 'credit_history',
      unit: 'months',
      group: 'characteristic',
      type: 'months-since',
      field: 'earliestCrLine',
      column: 'earliest_cr_line',
      missing: { fill: 120 },
    },
    {
      name: 'home',
      unit: 'category',
      group: 'characteristic',
      type: 'category',
      field: 'homeOwnership',
      column: 'home_ownership',
      categories: ['RENT', 'OWN', '36'],
      unseen: 'code',
      missing: 'code',
    },
    {
      name: 'state',
      unit: 'category',
      group: 'characteristic',
      type: 'category',
      field: 'addrState',
      column: 'addr_state',
      categories: ['CA', 'NV'],
      unseen: 'drop',
      missing: 'drop',
    },
    {
      name: 'rate_relative',
      unit: 'percentage points',
      group: 'own-data',
      type: 'own',
      ownData: 'rates',
      ownColumn: 'rate',
      relativeToMonth: true,
      missing: 'drop',
    },
    {
      name: 'rate',
      unit: 'percent',
      group: 'own-data',
      type: 'own',
      ownData: 'rates',
      ownColumn: 'rate',
      relativeToMonth: false,
      missing: { fill: 5 },
    },
  ],
};

export const tinyModel: TinyModel = {
  weights: [0.1, -0.02, 0.001, 0.3, -0.4, 0.05, 0.01],
  bias: -1,
};

/** What the tiny model makes of a row, in doubles. */
export function tinyProbability(row: readonly number[], model = tinyModel): number {
  const sum = row.reduce((total, value, i) => total + value * (model.weights[i] ?? 0), model.bias);
  return 1 / (1 + Math.exp(-sum));
}

/** The SHA-256 of bytes or text, in hexadecimal. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A whole bundle around a tiny model; `change` spoils its manifest after it was made right. */
export function tinyBundle(args: {
  model?: TinyModel;
  parityText?: string;
  parityRows?: number;
  tolerance?: number;
  change?: (manifest: ModelManifest) => unknown;
}): ModelBundle {
  const modelBytes = tinyOnnxModel(args.model ?? tinyModel);
  const manifest: ModelManifest = {
    format: 1,
    name: 'tiny',
    version: '2010-12-01-0123456789ab',
    model: {
      file: 'model.onnx',
      sha256: sha256(modelBytes),
      estimator: 'made by hand',
      input: 'features',
      output: 'probabilities',
    },
    features: tinyFeatures,
    label: { name: 'charged-off-with-hindsight', hindsight: true, horizonMonths: null },
    training: {
      issuedBefore: '2010-12-01',
      rows: 1,
      dropped: {},
      dataSha256: sha256(''),
      ownData: [],
      packages: {},
    },
    metrics: {
      splitAt: '2010-01-01',
      rows: 0,
      q: { rocAuc: null, brier: 0 },
      r: { rocAuc: null, brier: 0 },
    },
    riskCurves: { '36': { prices: [5, 25], risks: [0.05, 0.35] } },
    parity: {
      file: 'parity.csv',
      sha256: sha256(args.parityText ?? ''),
      rows: args.parityRows ?? 1,
      tolerance: args.tolerance ?? 1e-6,
    },
  };
  return {
    manifestText: JSON.stringify(args.change?.(manifest) ?? manifest),
    modelBytes,
    ...(args.parityText !== undefined && { parityText: args.parityText }),
  };
}
