export * from './brier-score.ts';
export * from './calibration-table.ts';
export * from './evaluate-risk-curve.ts';
export * from './fit-risk-curve.ts';
export * from './fit-risk-curves.ts';
export * from './risk-of.ts';
export * from './roc-auc.ts';
