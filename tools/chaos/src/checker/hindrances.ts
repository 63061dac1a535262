/** Why a run could not learn or write down what the account shows. */
export const hindrances: ReadonlySet<string> = new Set([
  'RUN_LEASE_LOST',
  'STORE_CONFLICT',
  'STORE_UNAVAILABLE',
]);
