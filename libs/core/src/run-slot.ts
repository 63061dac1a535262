import {
  asMispricedError,
  runIdFor,
  type LedgerEntry,
  type MispricedError,
  type RunSummary,
} from './domain/index.ts';
import { readRuns, type LedgerRun } from './ledger/index.ts';
import { runPipeline } from './pipeline.ts';
import type { PipelineParts, RunSettings } from './pipeline-parts.ts';
import { createPaperVenue } from './orders/index.ts';
import { recordRun, unstartedSummary } from './record-run.ts';
import { describeLateness, runLate, runTimedOut } from './lateness.ts';
import { newRunTrace } from './run-trace.ts';
import { settleEarlierRuns } from './settle-earlier-runs.ts';
import type { LedgerStore, RunArchive, RunLease } from './stores/index.ts';

/** How a run gets to be the only one, and where it writes what it does. */
export interface RunDependencies {
  readonly ledger: LedgerStore;
  /** Null while another run of the strategy is at work. */
  readonly acquireLease: () => Promise<RunLease | null>;
}

/**
 * Runs the strategy for one scheduled moment, at most once: a second start finds the first's record,
 * one that was killed is settled with the venue and then finished, and two at once take turns. It
 * never throws: every failure is a summary with an error, and stands in the ledger where that can
 * be reached.
 */
export async function runSlot(
  settings: RunSettings,
  dependencies: RunDependencies,
): Promise<RunSummary> {
  const runId = runIdFor(settings.strategy, settings.slot);
  const identity = { runId, settings, ledger: dependencies.ledger.location };
  let lease: RunLease | null = null;
  try {
    lease = await dependencies.acquireLease();
    if (lease === null)
      return unstartedSummary(identity, 'another run of this strategy is at work');
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
  const { runId, now, lateness } = given;
  const settings = {
    ...given,
    mode: lateness?.policy === 'paper' ? ('paper' as const) : given.mode,
    archive: archiveOfHolder(given.archive, lease),
  };
  const identity = { runId, settings, ledger: ledger.location };
  const record = async (...entries: readonly LedgerEntry[]): Promise<void> => {
    await lease.ensureHeld();
    await ledger.append(...entries);
  };

  const deadline = now().getTime() + settings.timeoutSeconds * 1000;
  const before = readRuns(await ledger.read());
  const same = before.find((run) => run.started.runId === runId);
  if (same !== undefined && isDone(same)) {
    await settleEarlierRuns({ ...settings, runs: before, record });
    const ended = `this slot was run before and ended as ${same.finished?.status ?? 'unknown'}`;
    return unstartedSummary(identity, ended);
  }

  await record({
    type: 'run-started',
    at: now().toISOString(),
    runId,
    slot: settings.slot.toISOString(),
    stage: settings.stage,
    mode: settings.mode,
  });
  const trace = newRunTrace();
  let error: MispricedError | null = null;
  let history: readonly LedgerRun[] = before;
  try {
    await settleEarlierRuns({ ...settings, runs: before, record });
    if (lateness !== null) trace.warnings.push(describeLateness(lateness));
    if (lateness?.policy === 'skip') throw runLate(lateness);
    history = readRuns(await ledger.read());
    const parts: PipelineParts = {
      ...settings,
      venue: settings.mode === 'paper' ? createPaperVenue(settings.venue) : settings.venue,
      history,
      record,
      ensureOnlyRun: async () => {
        if (now().getTime() > deadline) throw runTimedOut(settings.timeoutSeconds);
        await lease.ensureHeld();
      },
    };
    await runPipeline(parts, trace);
  } catch (thrown) {
    error = asMispricedError(thrown);
  }
  return recordRun({ ...identity, trace, error, history, record });
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
