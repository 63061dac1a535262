const proofs = process.env['MISPRICED_PROOFS'];

/**
 * Whether a file of tests runs as a proof: then it takes every case that it has, and otherwise one of
 * each kind. `projectProofs` in vitest.base.ts says so.
 */
export const provesAll = proofs !== undefined;

/**
 * Whether the proofs take every case that there is, as they do each night with
 * MISPRICED_PROOFS=nightly; a build has no time for the longest of them, and takes a part.
 */
export const provesNightly = proofs === 'nightly';
