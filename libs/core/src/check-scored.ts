import type { DroppedListing, DropReason, ErrorCode } from './domain/index.ts';
import { MispricedError } from './domain/index.ts';

interface Explanation {
  readonly code: ErrorCode;
  readonly fix: string;
}

const ownDataMissing: Explanation = {
  code: 'DATA_MISSING',
  fix: 'No further order was sent. Publish own data that covers these securities, or give it with --own-data.',
};
const listingChanged: Explanation = {
  code: 'LISTING_IMPLAUSIBLE',
  fix: 'No further order was sent. See listing.json of this run, and whether the venue changed its API.',
};

const explanations: Readonly<Record<DropReason, Explanation>> = {
  'invalid-listing': listingChanged,
  'missing-value': listingChanged,
  'unseen-category': listingChanged,
  'no-own-data': ownDataMissing,
  'own-data-not-yet-known': ownDataMissing,
  'own-data-stale': {
    code: 'DATA_STALE',
    fix: 'No further order was sent. Publish newer own data, or give it with --own-data.',
  },
  'no-risk-curve': {
    code: 'MODEL_CONTRACT',
    fix: 'No further order was sent. Train a model on loans of the groups that the venue lists.',
  },
};

/**
 * Refuses to pass a run off as quiet that could judge nothing: where no listing at all has a score,
 * the data, the venue or the model is not what it was, and "nothing worth buying" would hide it.
 *
 * @throws MispricedError `DATA_STALE`, `DATA_MISSING`, `LISTING_IMPLAUSIBLE` or `MODEL_CONTRACT`, by
 * the reason that took out most listings.
 */
export function checkScored(scored: number, dropped: readonly DroppedListing[]): void {
  if (scored > 0 || dropped.length === 0) return;
  const byReason = [...Map.groupBy(dropped, ({ reason }) => reason)].sort(
    ([, first], [, second]) => second.length - first.length,
  );
  const [worst] = byReason;
  if (worst === undefined) return;
  const counts = byReason.map(([reason, rows]) => `${rows.length} ${reason}`).join(', ');
  const [reason, [example]] = worst;
  throw new MispricedError({
    ...explanations[reason],
    message: `None of ${dropped.length} listings could be scored: ${counts} (such as ${example?.id ?? ''}: ${example?.detail ?? ''}).`,
  });
}
