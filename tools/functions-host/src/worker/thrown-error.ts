import type { ThrownError } from './protocol.ts';

/** What was thrown, with the stacks of its causes below its own. */
export function describeThrown(thrown: unknown): ThrownError {
  if (!(thrown instanceof Error)) {
    const text = String(thrown);
    return { message: text, stack: text };
  }
  const cause =
    thrown.cause === undefined ? '' : `\nCaused by: ${describeThrown(thrown.cause).stack}`;
  return { message: thrown.message, stack: `${thrown.stack ?? thrown.message}${cause}` };
}
