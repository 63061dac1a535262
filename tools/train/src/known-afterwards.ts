import type { FeatureSet } from '@mispriced/core';
import type { Problem } from './refusal.ts';

/**
 * Columns that tell how a loan ended, in LendingClub's loan files of all years: a feature made of one
 * would predict the past. `funded_amnt` is what investors had lent in the end; `meets_credit_policy`
 * judges old loans by a later policy; a fico called "last" is of the last credit report, not of the
 * application's.
 */
const columns = [
  'loan_status',
  'default',
  'last_pymnt_d',
  'total_pymnt',
  'total_pymnt_inv',
  'total_rec_prncp',
  'total_rec_int',
  'total_rec_late_fee',
  'recoveries',
  'collection_recovery_fee',
  'last_pymnt_amnt',
  'next_pymnt_d',
  'last_credit_pull_d',
  'last_fico_range_high',
  'last_fico_range_low',
  'out_prncp',
  'out_prncp_inv',
  'funded_amnt',
  'funded_amnt_inv',
  'meets_credit_policy',
  'pymnt_plan',
  'issue_d',
  'deferral_term',
  'payment_plan_start_date',
  'orig_projected_additional_accrued_interest',
  'debt_settlement_flag',
  'debt_settlement_flag_date',
];
const prefixes = ['hardship', 'settlement'];
const plainColumns = new Set(columns.map(plain));

/** Whether a column, or an API field of the same words, is known only after a loan was made. */
export function isKnownAfterwards(name: string): boolean {
  return plainColumns.has(plain(name)) || prefixes.some((prefix) => plain(name).startsWith(prefix));
}

/** Every use of such a column as price, group, key or feature. */
export function usesOfKnownAfterwards(features: FeatureSet): readonly Problem[] {
  const used = [
    { where: 'price', ...features.price },
    { where: 'group', ...features.group },
    ...features.ownData.flatMap(({ name, keys }) =>
      keys.map(({ column, field }) => ({ where: `a key of ${name}`, column, field })),
    ),
    ...features.features.flatMap((feature) =>
      feature.type === 'own'
        ? []
        : [{ where: `feature ${feature.name}`, column: feature.column, field: feature.field }],
    ),
  ];
  return used.flatMap(({ where, column, field }) =>
    [...new Set([column, field])].filter(isKnownAfterwards).map((name): Problem => ({
      code: 'FEATURES_INVALID',
      message: `${where} reads ${name}, which is known only after a loan was made.`,
      fix: 'Use what a listing shows; a model that looks ahead fails when it trades.',
    })),
  );
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}
