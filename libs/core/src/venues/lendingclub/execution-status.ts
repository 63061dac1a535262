/** What a word of `executionStatus` says of the money. */
export type StatusMeaning =
  /** The order was carried out. */
  | 'fulfilled'
  /** Another amount than asked for was taken. */
  | 'rounded'
  /** Less than asked for could be bought, perhaps nothing. */
  | 'limited'
  /** Nothing was bought. */
  | 'refused'
  /** The venue does not know itself. */
  | 'doubtful'
  /** Nothing about the money. */
  | 'neutral'
  /** A word that is not known here: the venue's list is open. */
  | 'unforeseen';

/** LendingClub API v1, "Submit Order"; the spellings of different clients' records, normalised. */
const meanings: ReadonlyMap<string, StatusMeaning> = new Map<string, StatusMeaning>([
  ['ORDER_FULFILLED', 'fulfilled'],
  ['REQUESTED_AMNT_ROUNDED', 'rounded'],
  ['LOAN_AMNT_EXCEEDED', 'limited'],
  ['INSUFFICIENT_CASH', 'limited'],
  ['MAX_AMNT_PER_LOAN_EXCEEDED', 'limited'],
  ['MAX_PERCENT_PER_LOAN_EXCEEDED', 'limited'],
  ['NOT_AN_IN_FUNDING_LOAN', 'refused'],
  ['REQUESTED_AMNT_LOW', 'refused'],
  ['NOT_AN_INVESTOR', 'refused'],
  ['NOT_A_VALID_INVESTMENT', 'refused'],
  // Merging joins two orders for one loan. A batch never has two, so whose money it was is open.
  ['ELIM_BY_MERGE', 'doubtful'],
  ['AUGMENTED_BY_MERGE', 'doubtful'],
  ['SYSTEM_BUSY', 'doubtful'],
  ['TEMPORARILY_UNAVAILABLE', 'doubtful'],
  ['UNKNOWN_ERROR', 'doubtful'],
  ['NOTE_ADDED_TO_PORTFOLIO', 'neutral'],
  ['NOT_A_VALID_PORTFOLIO', 'neutral'],
  ['ERROR_ADDING_NOTE_TO_PORTFOLIO', 'neutral'],
]);

/** What one word of `executionStatus` means, whichever of its spellings the venue uses. */
export function meaningOfStatus(status: string): StatusMeaning {
  const normalised = status
    .trim()
    .toUpperCase()
    .replaceAll('AMOUNT', 'AMNT')
    .replaceAll('INFUNDING', 'IN_FUNDING');
  return meanings.get(normalised) ?? 'unforeseen';
}
