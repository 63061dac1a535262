export { type DriftReport, reportDrift } from './report-drift.ts';
export { openRepository } from './repository-access.ts';
