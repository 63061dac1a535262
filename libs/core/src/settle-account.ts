import {
  formatMoney,
  MispricedError,
  orderResultEntry,
  type LedgerDraft,
  type PlacedOrder,
  type Venue,
} from './domain/index.ts';
import {
  describeReconciliation,
  endingOf,
  evidenceBegins,
  isReleased,
  isUnsettled,
  reconcile,
  type LedgerOrder,
  type ListingAmount,
  type Reconciliation,
  type ReleaseRule,
} from './ledger/index.ts';
import type { LedgerBook } from './ledger-book.ts';
import type { RunTimes } from './run-times.ts';

/** Between two readings that are to agree. */
const readingPauseMilliseconds = 5000;

/** What settling an account depends on. */
export interface SettleDependencies {
  readonly venue: Venue;
  readonly book: LedgerBook;
  readonly rule: ReleaseRule;
  readonly runId: string;
  readonly times: RunTimes;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly onProgress: (message: string) => void;
  /** A person said so: what the first reading does not show is gone, and the account is the right one. */
  readonly trustsFirstReading?: boolean;
}

/**
 * Reads the account and puts the ledger right by what it shows: open orders that were bought, orders
 * that were wrongly called refused, holdings of somebody else. Open orders that it does not show are
 * read again until the evidence suffices, as far as that can be waited for; until it does they stay
 * open, and count as bought.
 *
 * @param waitSeconds how long to wait for evidence at most
 * @returns what the last reading said.
 * @throws MispricedError `CONFIG_INVALID` where the ledger is another account's, and what the venue's
 * `findOrders` throws: then nothing is known and nothing may be bought.
 */
export async function settleAccount(
  dependencies: SettleDependencies,
  waitSeconds: number,
): Promise<Reconciliation> {
  const { book, times, sleep } = dependencies;
  const giveUpAfter = times.elapsedMilliseconds() + waitSeconds * 1000;
  for (;;) {
    const { said, isDoubtful } = await readAccount(dependencies);
    if (isDoubtful) return said;
    const wait = untilEvidence(openOrders(book), dependencies);
    if (wait === null || times.elapsedMilliseconds() + wait > giveUpAfter) return said;
    await sleep(wait);
  }
}

/**
 * Reads the account once and puts the ledger right by what it shows. What is doubtful is not written
 * down: of an account that holds less than the ledger has before it was ever read, perhaps the wrong one.
 *
 * @throws MispricedError as `settleAccount`.
 */
export async function readAccount(dependencies: SettleDependencies): Promise<{
  readonly placed: readonly PlacedOrder[];
  readonly said: Reconciliation;
  readonly isDoubtful: boolean;
}> {
  const { venue, book, rule, times } = dependencies;
  refuseOtherAccount(venue, book);
  // What a reading shows is of a moment after it was asked for, and perhaps long before it came.
  const readAt = times.earliest();
  const placed = await venue.findOrders();
  const settledBefore = new Date(readAt.getTime() - rule.settleWithinSeconds * 1000);
  const said = reconcile({ runs: book.runs(), entries: book.entries(), placed, settledBefore });
  const isShort = !hasBaseline(book) && said.missing.length > 0;
  const isDoubtful = isShort && dependencies.trustsFirstReading !== true;
  if (!isDoubtful) await writeDown(said, readAt.toISOString(), dependencies);
  return { placed, said, isDoubtful };
}

function refuseOtherAccount(venue: Venue, book: LedgerBook): void {
  const baseline = book.entries().find((entry) => entry.type === 'account-baseline');
  if (baseline === undefined || baseline.accountMark === venue.accountMark) return;
  throw new MispricedError({
    code: 'CONFIG_INVALID',
    message: `The ledger of ${venue.name} is of another account than the configured one: the market's host in venue.url, or venue.account_id, has changed since the account was first read.`,
    fix: 'No further order was sent. Bring both back. Another account needs a label of its own in venue.account: that begins with empty limits, and knows nothing of the open orders of this one.',
  });
}

async function writeDown(
  said: Reconciliation,
  readAt: string,
  dependencies: SettleDependencies,
): Promise<void> {
  const { book, rule, times, runId, venue, onProgress } = dependencies;
  const at = times.latest();
  const isKnown = hasBaseline(book);
  const news = isKnown ? said : { ...said, foreign: [] };
  for (const line of describeReconciliation(news)) onProgress(line);
  if (!isKnown) {
    onProgress(
      `This is the first reading of the account: what it holds of ${said.foreign.length} securities is not ours.`,
    );
  }
  const foreign: readonly LedgerDraft[] = isKnown
    ? said.foreign.map((holding) => ({
        type: 'holding-found',
        at: readAt,
        runId,
        venue: venue.name,
        kind: 'foreign',
        ...heldOf(holding),
      }))
    : [
        {
          type: 'account-baseline',
          at: readAt,
          runId,
          venue: venue.name,
          accountMark: venue.accountMark,
          holdings: said.foreign.map(heldOf),
        },
      ];
  await book.record(
    ...said.found.map(({ order, outcome, filled, venueOrderId }) =>
      orderResultEntry(
        order.intent,
        { outcome, filled, venueOrderId },
        { at, source: 'read-back', attemptEnded: order.attemptEndedAt !== null },
      ),
    ),
    ...foreign,
    ...said.absent.map(({ intent }): LedgerDraft => ({
      type: 'order-absent',
      at: readAt,
      runId: intent.runId,
      orderId: intent.orderId,
      listingId: intent.listingId,
    })),
  );
  await book.record(
    ...openOrders(book)
      .filter((order) => isReleased(order, rule))
      .map((order) => endingOf(order, { at, source: 'read-back' })),
  );
}

function heldOf({ listingId, amount }: ListingAmount): { listingId: string; held: string } {
  return { listingId, held: formatMoney(amount) };
}

/** Whether the account was read before: what it held at the first reading is not ours. */
export function hasBaseline(book: LedgerBook): boolean {
  return book.entries().some(({ type }) => type === 'account-baseline');
}

function openOrders(book: LedgerBook): readonly LedgerOrder[] {
  return book.runs().flatMap(({ orders }) => orders.filter(isUnsettled));
}

/** How long until another reading can settle something, in milliseconds; null where none can soon. */
function untilEvidence(
  open: readonly LedgerOrder[],
  { rule, times }: SettleDependencies,
): number | null {
  const waits = open.flatMap((order) => {
    const begins = evidenceBegins(order, rule);
    if (begins === null) return [];
    return [Math.max(begins - times.earliest().getTime(), readingPauseMilliseconds)];
  });
  return waits.length === 0 ? null : Math.min(...waits);
}

/**
 * Refuses to trade where the account holds less than was bought for it: something happened there that
 * nobody here knows of.
 *
 * @throws MispricedError `ACCOUNT_SHORT`
 */
export function refuseShortAccount({ missing }: Reconciliation): void {
  if (missing.length === 0) return;
  const list = missing
    .map(({ listingId, amount }) => `${formatMoney(amount)} dollars of ${listingId}`)
    .join(', ');
  throw new MispricedError({
    code: 'ACCOUNT_SHORT',
    message: `The account does not hold what the ledger says was bought: ${list} missing.`,
    fix: 'No further order was sent. See what became of it at the venue. Where it was sold, say so with `npx mispriced reconcile --accept-missing`.',
  });
}
