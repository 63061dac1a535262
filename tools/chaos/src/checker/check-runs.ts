import type { PlayedHistory, PlayedRun } from '../play/played-history.ts';
import type { Violation } from './violation.ts';

const withReason = new Set(['partial', 'failed']);
const withoutReason = new Set(['traded', 'nothing', 'skipped', 'halted']);

/** Every run that was not killed ends in one of the ways that are promised. */
export function checkEnds(history: PlayedHistory): readonly Violation[] {
  return history.runs.flatMap((run) => {
    const wrong = wrongEnd(run);
    if (wrong === null) return [];
    return [{ promise: 'every run ends as promised', facts: `${run.plan.host}: ${wrong}` }];
  });
}

function wrongEnd({ outcome }: PlayedRun): string | null {
  if (outcome.kind === 'killed') return null;
  if (outcome.kind === 'running') return 'it never ended';
  if (outcome.kind === 'threw') return `it threw ${outcome.problem}`;
  const { status, error } = outcome.summary;
  if (error?.code === 'INTERNAL') return `an error that nobody foresaw: ${error.message}`;
  if (error?.code === 'LEDGER_CORRUPT') return error.message;
  if (withoutReason.has(status)) return null;
  if (!withReason.has(status)) return `it ended as ${status}`;
  return error === null ? `it ended as ${status} without a reason` : null;
}
