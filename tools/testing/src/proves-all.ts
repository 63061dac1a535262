/**
 * Whether a file of tests runs as a proof: then it takes every case that it has, and otherwise one of
 * each kind. `projectProofs` in vitest.base.ts says so.
 */
export const provesAll = process.env['MISPRICED_PROOFS'] === 'all';
