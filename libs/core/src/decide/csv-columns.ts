/** The columns of `decisions.csv`, a contract with everything that reads one. */
export const csvColumns = [
  'id',
  'price',
  'group',
  'r',
  'q',
  'edge',
  'decision',
  'amount',
  'reason',
] as const;
