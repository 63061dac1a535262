import type { LogLevel } from '../worker/protocol.ts';

/** Who wrote a line: `context.log`, the app's console, the library and worker, or the host. */
type LogSource = 'function' | 'console' | 'worker' | 'host';

/** One line of a host's log, as it stands in the log file. */
export interface LogEntry {
  /** ISO 8601 in UTC, by the host's clock. */
  readonly time: string;
  readonly level: LogLevel;
  readonly source: LogSource;
  readonly message: string;
  readonly functionName?: string;
  readonly invocationId?: string;
}
