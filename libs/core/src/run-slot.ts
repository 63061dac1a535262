import {
  asMispricedError,
  formatMoney,
  MispricedError,
  runIdFor,
  type LedgerDraft,
  type RunSummary,
} from './domain/index.ts';
import type { LedgerRun } from './ledger/index.ts';
import { closeEarlierRuns, closePaperOrders } from './close-earlier-runs.ts';
import { openLedgerBook } from './ledger-book.ts';
import { runPipeline } from './pipeline.ts';
import type { PipelineParts, RunSettings } from './pipeline-parts.ts';
import { createPaperVenue } from './orders/index.ts';
import { recordRun, unstartedSummary } from './record-run.ts';
import { describeLateness, refuseEarlyRun, runLate, runTimedOut } from './lateness.ts';
import { newRunTrace, type RunTrace } from './run-trace.ts';
import { runTimes } from './run-times.ts';
import { refuseShortAccount, settleAccount } from './settle-account.ts';
import type { LedgerStore, RunArchive, RunLease } from './stores/index.ts';
import { findBreach } from './venue-breaches.ts';

/** How a run gets to be the only one, and where it writes what it does. */
export interface RunDependencies {
  readonly ledger: LedgerStore;
  /** Null while another run of the account is at work. */
  readonly acquireLease: () => Promise<RunLease | null>;
}

/**
 * Runs the strategy for one scheduled moment, at most once for an account: a second start finds the
 * first's record, one that was killed is settled with the venue and then finished, and two at once
 * take turns. It never throws: every failure is a summary with an error, and stands in the ledger
 * where that can be reached.
 */
export async function runSlot(
  settings: RunSettings,
  dependencies: RunDependencies,
): Promise<RunSummary> {
  const runId = runIdFor(settings.strategy, settings.slot);
  const ledger = dependencies.ledger.locate(settings.slot);
  const identity = { runId, settings, ledger };
  let lease: RunLease | null = null;
  try {
    lease = await dependencies.acquireLease();
    if (lease === null) return unstartedSummary(identity, 'another run of this account is at work');
    return await runWithLease({ ...settings, runId }, dependencies.ledger, lease);
  } catch (error) {
    return unstartedSummary(identity, asMispricedError(error));
  } finally {
    await lease?.release().catch(() => undefined);
  }
}

async function runWithLease(
  given: RunSettings & { runId: string },
  ledger: LedgerStore,
  lease: RunLease,
): Promise<RunSummary> {
  const { lateness, slot } = given;
  const times = runTimes(lease);
  // What has just been seen to need not be asked again before the line that follows at once.
  let isJustSeen = false;
  const ensureHeld = async (): Promise<void> => {
    await lease.ensureHeld();
    isJustSeen = true;
  };
  const append = async (...drafts: readonly LedgerDraft[]) => {
    if (!isJustSeen) await lease.ensureHeld();
    isJustSeen = false;
    return ledger.append(...drafts);
  };
  if (given.mode === 'live') refuseEarlyRun(slot, times.latest());
  const read = await ledger.read();
  const before = openLedgerBook(read, append).runs();
  // A strategy may have been renamed since: the slot is the account's.
  const same = before.find((run) => new Date(run.started.slot).getTime() === slot.getTime());
  const runId = same?.started.runId ?? given.runId;
  await lease.ensureHeld();
  const taken = await ledger.beginEpoch({ runId, slot, at: times.latest(), holder: lease.id });
  const book = openLedgerBook([...read, ...taken], append);
  const settings = {
    ...given,
    runId,
    mode: lateness?.policy === 'paper' ? ('paper' as const) : given.mode,
    archive: archiveOfHolder(given.archive, lease),
  };
  const identity = { runId, settings, ledger: ledger.locate(slot) };
  const parts: PipelineParts = {
    ...settings,
    venue: settings.mode === 'paper' ? createPaperVenue(settings.venue) : settings.venue,
    book,
    times,
    isSurelyAlone: () => lease.isSurelyHeld(),
    ensureOnlyRun: async () => {
      if (times.elapsedMilliseconds() > settings.timeoutSeconds * 1000)
        throw runTimedOut(settings.timeoutSeconds);
      await ensureHeld();
    },
    learnTime: () =>
      ensureHeld().then(
        () => true,
        () => false,
      ),
  };
  if (same !== undefined && isDone(same)) {
    await settleEarlierRuns(parts);
    const ended = `this slot was run before and ended as ${same.finished?.status ?? 'unknown'}`;
    return unstartedSummary(identity, ended);
  }

  await book.record({
    type: 'run-started',
    at: times.latest().toISOString(),
    runId,
    slot: slot.toISOString(),
    stage: settings.stage,
    mode: settings.mode,
  });
  const trace = newRunTrace();
  let error: MispricedError | null = null;
  try {
    await settleEarlierRuns(parts);
    if (lateness !== null) trace.warnings.push(describeLateness(lateness));
    if (lateness?.policy === 'skip') throw runLate(lateness);
    try {
      await runPipeline(parts, trace);
    } finally {
      await reconcileAfterwards(parts, trace);
    }
  } catch (thrown) {
    error = asMispricedError(thrown);
  }
  return recordRun({ ...identity, trace, error, book, at: times.latest });
}

/** Puts right what earlier runs left open, before anything is bought. */
async function settleEarlierRuns(parts: PipelineParts): Promise<void> {
  const { book, times, mode, releaseRule, timeoutSeconds } = parts;
  if (mode === 'paper') {
    await closePaperOrders(book, times.latest());
  } else {
    const waitSeconds = Math.min(releaseRule.settleWithinSeconds + 30, timeoutSeconds / 2);
    const problem = await settleAccount({ ...parts, rule: releaseRule }, waitSeconds)
      .then(refuseShortAccount)
      .catch(asMispricedError);
    // A breach that a reading showed is told first, also where a later reading failed.
    const error = findBreach(book) ?? problem;
    if (error) throw error;
  }
  await closeEarlierRuns(book, parts.runId, times.latest());
}

/** Once more at the end: what it says is for people, for trading is over. */
async function reconcileAfterwards(parts: PipelineParts, trace: RunTrace): Promise<void> {
  if (parts.mode === 'paper') return;
  const { warnings } = trace;
  try {
    const { found, missing } = await settleAccount({ ...parts, rule: parts.releaseRule }, 0);
    if (found.length > 0)
      warnings.push('The account showed orders that were not known to be bought.');
    for (const { listingId, amount } of missing) {
      warnings.push(
        `The account does not hold ${formatMoney(amount)} dollars of ${listingId} that was bought.`,
      );
    }
  } catch (error) {
    if (!(error instanceof MispricedError)) throw error;
    warnings.push(`The account could not be compared with the ledger: ${error.message}`);
    const isUnwritten = parts.book.unwritten().some(({ type }) => type === 'order-result');
    if (isUnwritten) trace.stopped ??= { kind: 'error', error };
  }
  const breach = findBreach(parts.book);
  if (breach !== null) trace.stopped = { kind: 'halt', error: breach };
}

/** A run that lost its lease must not write over what the one that took it over has archived. */
function archiveOfHolder(archive: RunArchive, lease: RunLease): RunArchive {
  return {
    ...archive,
    write: async (runId, name, content) => {
      await lease.ensureHeld();
      return archive.write(runId, name, content);
    },
  };
}

/**
 * A finished run is never run again, except one that failed before it meant to order anything: the
 * same slot may then be tried once more without any risk of buying twice.
 */
function isDone(run: LedgerRun): boolean {
  if (run.finished === null) return false;
  return run.finished.status !== 'failed' || run.orders.length > 0;
}
