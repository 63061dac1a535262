export { ensureAz } from './ensure-az.ts';
export { azFor, type RunAz } from './run-az.ts';
