/** Who holds a stack's lock, by what Pulumi says of it. */
export interface StackLock {
  /** `user@host (pid 123)`. */
  readonly holder: string;
  readonly host: string;
  readonly processId: number;
  readonly since: Date;
}

/**
 * The locks that an error of the engine tells of; none where it is about something else.
 *
 * Source: pulumi `pkg/backend/diy/lock.go`: "created by %v@%v (pid %v) at %v".
 */
export function locksIn(error: unknown): StackLock[] {
  const text = textOf(error);
  if (!text.includes('currently locked')) return [];
  const found = text.matchAll(/created by (\S*)@(\S+) \(pid (\d+)\) at (\S+)/g);
  return [...found].map(([, user = '', host = '', processId = '', since = '']) => ({
    holder: `${user}@${host} (pid ${processId})`,
    host,
    processId: Number(processId),
    since: new Date(since),
  }));
}

/** An error's words and those of what caused it. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}\n${textOf(error.cause)}`;
}
