import type { PlayedHistory, PlayedRun } from '../play/played-history.ts';
import type { BrokenWords } from './broken-words.ts';
import { textOf, type RawLine } from './read-lines.ts';
import { readingsOf } from './readings.ts';
import type { SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

/** An order that was called refused because no reading had shown it, and that the market showed late. */
interface LateOrder {
  readonly order: SentOrder;
  readonly bookedAt: number;
  readonly refusal: RawLine;
  /** Where the ledger was corrected; null where it never was. */
  readonly correction: RawLine | null;
}

/** Also reasons to halt; what else there is is looked at by the run after that. */
const otherHalts: readonly string[] = ['ACCOUNT_SHORT', 'VENUE_OVERFILLED'];
/** Why a run could not learn or write down what the account shows. */
const hindrances: readonly string[] = ['RUN_LEASE_LOST', 'STORE_CONFLICT', 'STORE_UNAVAILABLE'];

/**
 * Where the market showed an order beyond its declaration, and it had been called refused, the run that
 * learns of it ends halted with that reason. Until one has, none sends anything: where the one that
 * learned of it was killed, or it was a person who did, the next one halts.
 */
export function checkLate(
  history: PlayedHistory,
  lines: readonly RawLine[],
  sent: readonly SentOrder[],
  broken: BrokenWords,
): readonly Violation[] {
  const ends = lines.filter(
    (line) => textOf(line, 'type') === 'run-finished' && textOf(line, 'errorCode') === 'VENUE_LATE',
  );
  return sent.flatMap((order) => {
    const late = lateOrder(history, order, broken);
    if (late === null) return [];
    const { correction } = late;
    // Of what was written in an account's files only one thing is the first.
    const end = ends
      .filter(({ path }) => path.startsWith(`${order.account}/`))
      .map(numberOf)
      .filter((number) => correction !== null && number > numberOf(correction));
    const clearedBy = Math.min(...end);
    return history.runs.flatMap((run): readonly Violation[] => {
      const problem = problemOf({ history, lines, sent, run, late, clearedBy });
      if (problem === null) return [];
      return [
        {
          promise: 'a run halts where a market showed an order too late',
          facts: `${order.account} ${order.listingId} of ${order.host}, called refused by ${late.refusal.written?.host ?? 'nobody'}: ${run.plan.host} ${problem}`,
        },
      ];
    });
  });
}

function lateOrder(
  { markets }: PlayedHistory,
  order: SentOrder,
  broken: BrokenWords,
): LateOrder | null {
  const record = markets
    .get(order.account)
    ?.requests.find(({ number }) => number === order.request);
  const bookedAt = record?.order?.bookedAtMilliseconds ?? null;
  if (bookedAt === null || order.bookedCents === 0) return null;
  if (broken.lateSince(order) === Number.POSITIVE_INFINITY) return null;
  const results = (order.known?.results ?? []).filter(
    (line) => textOf(line, 'source') === 'read-back',
  );
  const refusal = results.find((line) => textOf(line, 'outcome') === 'refused');
  if (refusal === undefined) return null;
  const correction = results[results.indexOf(refusal) + 1] ?? null;
  return { order, bookedAt, refusal, correction };
}

function problemOf(args: {
  readonly history: PlayedHistory;
  readonly lines: readonly RawLine[];
  readonly sent: readonly SentOrder[];
  readonly run: PlayedRun;
  readonly late: LateOrder;
  /** The place of the end that names it. */
  readonly clearedBy: number;
}): string | null {
  const { history, run, late, clearedBy } = args;
  const { host, account } = run.plan;
  if (account !== late.order.account || run.plan.mode === 'paper') return null;
  const own = args.lines.filter(({ written }) => written?.host === host);
  const first = own.map(numberOf).reduce((least, number) => Math.min(least, number), Infinity);
  const since = late.correction === null ? Number.POSITIVE_INFINITY : numberOf(late.correction);
  const hasFound = late.correction?.written?.host === host;
  const isNext = since < first && first < clearedBy;
  const isShown = !hasFound && !isNext && wasShown(history, host, late);
  if (!hasFound && !isNext && !isShown) return null;
  const correctedAt = late.correction?.written?.atMilliseconds ?? Number.POSITIVE_INFINITY;
  const isSending = args.sent.some(
    (each) => each.host === host && each.atMilliseconds > correctedAt && (hasFound || isNext),
  );
  if (isSending) return 'sent orders after that';
  if (run.outcome.kind !== 'ended') return null;
  const { status, error, mode } = run.outcome.summary;
  if (mode === 'paper') return null;
  const code = error?.code ?? '';
  if (status === 'halted' && (code === 'VENUE_LATE' || otherHalts.includes(code))) return null;
  if (hindrances.includes(code)) return null;
  // One that begins after it reads the account first, and without a reading buys nothing.
  const isUnread = isNext && status === 'failed' && code.startsWith('VENUE_');
  return isUnread ? null : `ended as ${status} with ${code === '' ? 'no error' : code}`;
}

/** Whether a reading reached a host that shows the order, after it was called refused and before it was corrected. */
function wasShown(history: PlayedHistory, host: string, late: LateOrder): boolean {
  const { order, bookedAt, refusal, correction } = late;
  const market = history.markets.get(order.account);
  if (market === undefined || order.isSoldUnseen) return false;
  const from = refusal.written?.atMilliseconds ?? 0;
  const until = correction?.written?.atMilliseconds ?? Number.POSITIVE_INFINITY;
  const isSold = market.person.some(
    ({ did, loanId }) => did === 'sold' && String(loanId) === order.listingId,
  );
  if (isSold) return false;
  return readingsOf(history, market, host).some(
    ({ endedAt, asOf }) => asOf >= bookedAt && endedAt > from && endedAt < until,
  );
}

function numberOf({ written }: RawLine): number {
  return written?.number ?? -1;
}
