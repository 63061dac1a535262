import {
  formatMoney,
  MispricedError,
  replayVenueName,
  runIdFor,
  type LedgerDraft,
  type Money,
} from './domain/index.ts';
import {
  closableFrom,
  endingOf,
  isUnsettled,
  type LedgerOrder,
  type ListingAmount,
  type Reconciliation,
  type ReleaseRule,
} from './ledger/index.ts';
import { openLedgerBook, type LedgerBook } from './ledger-book.ts';
import type { RunSettings } from './pipeline-parts.ts';
import { runTimes } from './run-times.ts';
import { hasBaseline, settleAccount } from './settle-account.ts';
import type { RunDependencies } from './run-slot.ts';

/** What a person says of an account beside what it shows. */
export interface Corrections {
  /** Orders that were never bought, by id: each must be open, and not show in the account. */
  readonly close: readonly string[];
  /** What was bought and is missing is gone for good. */
  readonly acceptMissing: boolean;
}

/** What an account and its ledger say of each other, and what is open after it was put right. */
export interface ReconciledAccount {
  readonly differences: Reconciliation;
  readonly open: readonly LedgerOrder[];
  /** Dollars that the account may spend: reported, and never compared, for deposits and payments move it. */
  readonly cash: Money;
  /** What the account held at its first reading, if this was it: not ours, and no difference. */
  readonly baseline: readonly ListingAmount[];
  /** Orders that a person has closed. */
  readonly closed: readonly string[];
  /** What was missing and a person said is gone for good. */
  readonly accepted: readonly ListingAmount[];
}

/**
 * Compares an account with its ledger outside of a run, under the account's lease, and writes down what
 * it shows; then what a person says of it. Trades nothing.
 *
 * @throws MispricedError `CONFIG_INVALID` for a replay, `STORE_CONFLICT` while a run is at work, `DATA_INVALID` for an order that cannot
 * be closed, and what the venue throws where it cannot be read.
 */
export async function reconcileAccount(
  settings: RunSettings,
  dependencies: RunDependencies,
  corrections: Corrections,
): Promise<ReconciledAccount> {
  const { ledger } = dependencies;
  const { slot, venue } = settings;
  if (venue.name === replayVenueName) throw noAccount();
  const lease = await dependencies.acquireLease();
  if (lease === null) throw runAtWork();
  try {
    const runId = runIdFor('reconcile', slot);
    const times = runTimes(lease);
    const read = await ledger.read();
    const taken = await ledger.beginEpoch({ runId, slot, at: times.latest(), holder: lease.id });
    const book = openLedgerBook([...read, ...taken], async (...drafts) => {
      await lease.ensureHeld();
      return ledger.append(...drafts);
    });
    const given = { ...settings, book, runId, times, rule: settings.releaseRule };
    const isKnown = hasBaseline(book);
    const readAt = times.earliest();
    const trustsFirstReading = corrections.acceptMissing;
    const said = await settleAccount({ ...given, trustsFirstReading }, 0);
    const cash = await settings.venue.availableCash();
    const at = times.latest();
    const toClose = corrections.close.map((orderId) => openOrder(book, said, orderId));
    refuseTooEarly(toClose, settings.releaseRule, readAt);
    await book.record(
      ...toClose.map((order) => endingOf(order, { at, source: 'closed-by-hand' })),
      ...(corrections.acceptMissing ? goneEntries(said, settings, runId, at) : []),
    );
    const accepted = corrections.acceptMissing ? said.missing : [];
    return {
      differences: {
        ...said,
        foreign: isKnown ? said.foreign : [],
        missing: corrections.acceptMissing ? [] : said.missing,
      },
      cash,
      baseline: isKnown ? [] : said.foreign,
      accepted,
      open: book.runs().flatMap(({ orders }) => orders.filter(isUnsettled)),
      closed: corrections.close,
    };
  } finally {
    await lease.release().catch(() => undefined);
  }
}

function openOrder(book: LedgerBook, { absent }: Reconciliation, orderId: string): LedgerOrder {
  const order = book
    .runs()
    .flatMap(({ orders }) => orders)
    .find(({ intent }) => intent.orderId === orderId);
  const isAbsent = absent.some(({ intent }) => intent.orderId === orderId);
  if (order !== undefined && isUnsettled(order) && isAbsent) return order;
  throw new MispricedError({
    code: 'DATA_INVALID',
    message: `The order ${orderId} cannot be closed: ${
      order === undefined
        ? 'the ledger does not know it'
        : isUnsettled(order)
          ? 'this reading showed some of it'
          : 'what became of it is known'
    }.`,
    fix: 'Nothing was closed. `npx mispriced reconcile` lists the open orders.',
  });
}

function refuseTooEarly(orders: readonly LedgerOrder[], rule: ReleaseRule, readAt: Date): void {
  const last = Math.max(...orders.map((order) => closableFrom(order, rule).getTime()));
  if (readAt.getTime() >= last) return;
  throw new MispricedError({
    code: 'DATA_INVALID',
    message: `The venue may still show what was ordered: ${orders.map(({ intent }) => intent.orderId).join(', ')}.`,
    fix: `Nothing was closed. Give the command again after ${new Date(last).toISOString()}.`,
    retryable: true,
  });
}

/** What is missing is taken off what the account must hold. */
function goneEntries(
  { missing }: Reconciliation,
  { venue }: RunSettings,
  runId: string,
  at: Date,
): readonly LedgerDraft[] {
  return missing.map(({ listingId, amount }) => ({
    type: 'holding-found',
    at: at.toISOString(),
    runId,
    venue: venue.name,
    kind: 'gone',
    listingId,
    held: formatMoney(amount),
  }));
}

function noAccount(): MispricedError {
  return new MispricedError({
    code: 'CONFIG_INVALID',
    message: 'The configured venue is a replay, which has no account to compare with.',
    fix: 'Nothing was written. Name the market in venue.name.',
  });
}

function runAtWork(): MispricedError {
  return new MispricedError({
    code: 'STORE_CONFLICT',
    message: 'A run of this account is at work.',
    fix: 'Wait until it has ended; it compares the account itself.',
    retryable: true,
  });
}
