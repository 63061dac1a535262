export { buildFeatureMatrix, buildFeatureRow, type FeatureMatrix } from './feature-matrix.ts';
export type { FeatureSource } from './feature-value.ts';
export { loadModel } from './load-model.ts';
export type { Model, ModelBundle } from './model.ts';
export { score } from './score.ts';
export { type ParityReport, type RiskOf, verifyParity } from './verify-parity.ts';
