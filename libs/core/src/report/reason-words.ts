import type { DecisionReason } from '../domain/decision.ts';

/** Each reason in words for a reader who has not seen the code. */
export const reasonWords: Readonly<Record<DecisionReason, string>> = {
  'invalid-listing': 'The venue\u2019s entry could not be read',
  'no-own-data': 'No own data for it',
  'own-data-not-yet-known': 'Its own data was not published yet',
  'own-data-stale': 'Its own data was too old',
  'missing-value': 'A value the model needs is missing',
  'unseen-category': 'A category the model never saw',
  'no-risk-curve': 'No risk curve for its group',
  'edge-within-threshold': 'Not mispriced by more than the threshold',
  'already-held': 'Held or on order already',
  'order-unknown': 'An earlier order\u2019s fate is not known',
  'fully-funded': 'Nothing of it left to buy',
  'below-minimum-order': 'Less than the smallest order',
  'listing-share-limit': 'Limit on the share of one listing',
  'group-limit': 'Limit on its group',
  'run-limit': 'Limit on one run',
  'day-limit': 'Limit on one day',
  'month-limit': 'Limit on one month',
  'cash-limit': 'Not enough cash',
  'kill-switch': 'Kill switch on; it would have been bought',
  'edge-beyond-threshold': 'Mispriced by more than the threshold',
};

/** The words of a reason; one that is not of the list is shown as it is. */
export function wordsOf(reason: string): string {
  return Object.hasOwn(reasonWords, reason) ? reasonWords[reason as DecisionReason] : reason;
}
