import type { PlayedHistory, PlayedRun } from '../play/played-history.ts';
import { centsOf, inDollars, sumCents } from './cents.ts';
import { linesBefore, ordersBefore, wrongStatus } from './check-said.ts';
import { textOf, type RawLine } from './read-lines.ts';
import type { SentOrder } from './sent-order.ts';
import { toldCents } from './told-cents.ts';
import type { Violation } from './violation.ts';

type Summary = Extract<PlayedRun['outcome'], { kind: 'ended' }>['summary'];

/**
 * What a run says of itself is true as far as it had evidence: the lines of its orders up to its own
 * last one, the answers of the market that reached it, and the readings of the account that did.
 */
export function checkSummaries(
  history: PlayedHistory,
  lines: readonly RawLine[],
  sent: readonly SentOrder[],
): readonly Violation[] {
  return history.runs.flatMap((run): readonly Violation[] => {
    if (run.outcome.kind !== 'ended') return [];
    const { summary } = run.outcome;
    const { host } = run.plan;
    const own = lines.filter(({ written }) => written?.host === host);
    // A beginning that it was not told of it has not made.
    const isTold = acknowledgedTo(history, host);
    const started = own.find((line) => textOf(line, 'type') === 'run-started' && isTold(line));
    const problems =
      started === undefined
        ? unstartedProblems(summary, sent, host)
        : startedProblems({ history, run, summary, sent, lines, started });
    return problems.map((problem) => ({
      promise: 'a run says what it did',
      facts: `${host} ended as ${summary.status} with ${summary.error?.code ?? 'no error'} and ${summary.spent}: ${problem}`,
    }));
  });
}

/** A run that did not begin has done nothing; what another execution of its slot did is another's. */
function unstartedProblems(
  { status, spent }: Summary,
  sent: readonly SentOrder[],
  host: string,
): readonly string[] {
  return [
    ...(['skipped', 'failed', 'halted'].includes(status) ? [] : ['it never began']),
    ...(centsOf(spent) === 0 ? [] : ['it never began']),
    ...(sent.some((order) => order.host === host) ? ['it sent orders without a beginning'] : []),
  ];
}

function startedProblems(args: {
  readonly history: PlayedHistory;
  readonly run: PlayedRun;
  readonly summary: Summary;
  readonly sent: readonly SentOrder[];
  readonly lines: readonly RawLine[];
  readonly started: RawLine;
}): readonly string[] {
  const { history, run, summary, started } = args;
  const { host } = run.plan;
  const runId = textOf(started, 'runId');
  const isTold = acknowledgedTo(history, host);
  // What it wrote and was not told of it has not sent, and another run's lines it has read.
  const lines = args.lines.filter((line) => line.written?.host !== host || isTold(line));
  const place = lines.findLast(
    ({ path, written }) => path === started.path && written?.host === host,
  );
  const own = linesBefore(lines, place ?? started, runId);
  const orders = ordersBefore(lines, place ?? started, runId);
  const open = [...orders.values()].filter((cents) => cents === null).length;
  const told = toldCents(history, run, args.sent);
  for (const line of own.filter((each) => textOf(each, 'type') === 'order-intended')) {
    const listingId = textOf(line, 'listingId');
    const cents = orders.get(textOf(line, 'orderId')) ?? 0;
    told.set(listingId, Math.max(cents, told.get(listingId) ?? 0));
  }
  const boughtCents = sumCents([...told.values()]);
  const wrong = wrongStatus(summary.status, { boughtCents, open });
  const isIdle = boughtCents === 0 && open === 0;
  return [
    ...(wrong === null ? [] : [wrong]),
    ...(summary.status === 'partial' && isIdle ? ['partial, and nothing can be bought'] : []),
    ...(centsOf(summary.spent) < boughtCents ? [`${inDollars(boughtCents)} was bought`] : []),
  ];
}

/** Whether a line stands in what the store told a host that it had written. */
function acknowledgedTo(history: PlayedHistory, host: string): (line: RawLine) => boolean {
  const own = history.acknowledged.filter((each) => each.host === host);
  return ({ path, offset }) =>
    own.some(
      (each) =>
        each.path === path &&
        offset >= each.offset &&
        offset < each.offset + Buffer.byteLength(each.text),
    );
}
