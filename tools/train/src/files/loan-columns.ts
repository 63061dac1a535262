import type { FeatureSet } from '@mispriced/core';

/** The columns of a loan file that every training needs, by their names in LendingClub's files. */
export const idOf = 'loan_id';
export const issuedOf = 'issue_d';
export const defaultedOf = 'default';
export const lastPaymentOf = 'last_pymnt_d';

/** The columns of a loan file that these features, and the outcome where it is wanted, need. */
export function loanColumns(features: FeatureSet, outcome: boolean): readonly string[] {
  const sources = [
    features.price,
    features.group,
    ...features.ownData.flatMap(({ keys }) => keys),
    ...features.features.filter((feature) => feature.type !== 'own'),
  ];
  return [
    ...new Set([
      idOf,
      issuedOf,
      ...sources.map(({ column }) => column),
      ...(outcome ? [defaultedOf, lastPaymentOf] : []),
    ]),
  ];
}
