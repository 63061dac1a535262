import type { PlayedHistory, PlayedRun } from '../play/played-history.ts';
import { hindrances } from './hindrances.ts';
import { textOf, type RawLine } from './read-lines.ts';
import { readingsOf } from './readings.ts';
import type { SentOrder } from './sent-order.ts';
import type { Violation } from './violation.ts';

/** What an account shows of an order, for which whoever learns of it must halt. */
export interface DemandedHalt {
  readonly order: SentOrder;
  readonly code: 'VENUE_LATE' | 'VENUE_OVERFILLED';
  readonly promise: string;
  /** Of what the ledger says until then. */
  readonly facts: string;
  /** Readings of a moment from here on show it, true time. */
  readonly shownFrom: number;
  /** Readings that came before this say nothing new, true time. */
  readonly newsFrom: number;
  /** Where the ledger says it; null where it never does. */
  readonly correction: RawLine | null;
}

/** Reasons to halt; what else there is is looked at by the run after that. */
const halts: readonly string[] = ['ACCOUNT_SHORT', 'VENUE_LATE', 'VENUE_OVERFILLED'];

/**
 * The run that learns of it ends halted with that reason. Until one has, none sends anything: where the
 * one that learned of it was killed, or it was a person who did, the next one halts.
 */
export function checkDemandedHalt(
  history: PlayedHistory,
  lines: readonly RawLine[],
  sent: readonly SentOrder[],
  demanded: DemandedHalt,
): readonly Violation[] {
  const { order, code, correction, promise, facts } = demanded;
  // Of what was written in an account's files only one thing is the first.
  const ends = lines
    .filter(
      (line) =>
        textOf(line, 'type') === 'run-finished' &&
        textOf(line, 'errorCode') === code &&
        line.path.startsWith(`${order.account}/`),
    )
    .map(numberOf)
    .filter((number) => correction !== null && number > numberOf(correction));
  const clearedBy = Math.min(...ends);
  return history.runs.flatMap((run): readonly Violation[] => {
    const problem = problemOf({ history, lines, sent, run, demanded, clearedBy });
    if (problem === null) return [];
    const what = `${order.account} ${order.listingId} of ${order.host}, ${facts}`;
    return [{ promise, facts: `${what}: ${run.plan.host} ${problem}` }];
  });
}

function problemOf(args: {
  readonly history: PlayedHistory;
  readonly lines: readonly RawLine[];
  readonly sent: readonly SentOrder[];
  readonly run: PlayedRun;
  readonly demanded: DemandedHalt;
  /** The place of the end that names it. */
  readonly clearedBy: number;
}): string | null {
  const { history, run, demanded, clearedBy } = args;
  const { host, account } = run.plan;
  if (account !== demanded.order.account || run.plan.mode === 'paper') return null;
  const own = args.lines.filter(({ written }) => written?.host === host);
  const first = own.map(numberOf).reduce((least, number) => Math.min(least, number), Infinity);
  const since =
    demanded.correction === null ? Number.POSITIVE_INFINITY : numberOf(demanded.correction);
  const hasFound = demanded.correction?.written?.host === host;
  const isNext = since < first && first < clearedBy;
  const isShown = !hasFound && !isNext && wasShown(history, host, demanded);
  if (!hasFound && !isNext && !isShown) return null;
  const correctedAt = demanded.correction?.written?.atMilliseconds ?? Number.POSITIVE_INFINITY;
  const isSending = args.sent.some(
    (each) => each.host === host && each.atMilliseconds > correctedAt && (hasFound || isNext),
  );
  if (isSending) return 'sent orders after that';
  if (run.outcome.kind !== 'ended') return null;
  const { status, error, mode } = run.outcome.summary;
  if (mode === 'paper') return null;
  const code = error?.code ?? '';
  if (status === 'halted' && halts.includes(code)) return null;
  if (hindrances.has(code)) return null;
  // One that begins after it reads the account first, and without a reading buys nothing.
  const isUnread = isNext && status === 'failed' && code.startsWith('VENUE_');
  return isUnread ? null : `ended as ${status} with ${code === '' ? 'no error' : code}`;
}

/** Whether a reading reached a host that shows it, before the ledger said so. */
function wasShown(
  history: PlayedHistory,
  host: string,
  { order, shownFrom, newsFrom, correction }: DemandedHalt,
): boolean {
  const market = history.markets.get(order.account);
  if (market === undefined || order.isSoldUnseen) return false;
  const until = correction?.written?.atMilliseconds ?? Number.POSITIVE_INFINITY;
  const isSold = market.person.some(
    ({ did, loanId }) => did === 'sold' && String(loanId) === order.listingId,
  );
  if (isSold) return false;
  return readingsOf(history, market, host).some(
    ({ endedAt, asOf }) => asOf >= shownFrom && endedAt > newsFrom && endedAt < until,
  );
}

function numberOf({ written }: RawLine): number {
  return written?.number ?? -1;
}
