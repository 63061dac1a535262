import type { ModelManifest } from '@mispriced/core';

/** A model as a person reads it. */
export function manifestText(manifest: ModelManifest): string {
  const { label, training, metrics, features } = manifest;
  const auc = (value: number | null): string => (value === null ? 'none' : value.toFixed(4));
  const rows: readonly (readonly [string, string])[] = [
    ['model', `${manifest.name} ${manifest.version} (${manifest.model.estimator})`],
    ['label', label.name + (label.hindsight ? ', known only with hindsight' : '')],
    ['trained on', `${training.rows} loans issued before ${training.issuedBefore}`],
    [
      'measured',
      metrics.rows === 0
        ? 'not at all: too few loans'
        : `on ${metrics.rows} loans issued from ${metrics.splitAt}: ROC AUC of q ${auc(metrics.q.rocAuc)}, of r ${auc(metrics.r.rocAuc)}`,
    ],
    ['own data', features.ownData.map((set) => set.name).join(', ') || 'none'],
    ['features', features.features.map((feature) => feature.name).join(', ')],
    ['risk curves', Object.keys(manifest.riskCurves).join(', ')],
    ['parity set', `${manifest.parity.rows} rows, equal within ${manifest.parity.tolerance}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}
