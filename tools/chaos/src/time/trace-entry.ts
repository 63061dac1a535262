/** One line of what happened on the hosts of a history. */
export interface TraceEntry {
  /** True time. */
  readonly atMilliseconds: number;
  readonly host: string;
  readonly what:
    'started' | 'ended' | 'begins' | 'resumes' | 'frozen' | 'thawed' | 'killed' | 'clock-stepped';
  /** The effect that begins or resumes, with its number on this host. */
  readonly effect: string | null;
  readonly number: number | null;
}

/** A line for people: seconds since the first moment, host, what. */
export function formatTraceEntry(entry: TraceEntry, startMilliseconds: number): string {
  const seconds = ((entry.atMilliseconds - startMilliseconds) / 1000).toFixed(3);
  const effect = entry.effect === null ? '' : ` #${entry.number ?? ''} ${entry.effect}`;
  return `${seconds.padStart(10)} s  ${entry.host} ${entry.what}${effect}`;
}
