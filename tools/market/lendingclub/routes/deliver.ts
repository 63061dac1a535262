import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from '../faults/fault.ts';
import { sendAnswer, type Answer } from '../../http/answer.ts';
import { refusal } from '../../http/api-problem.ts';

/**
 * Sends what a route answered, or what a fault makes of it: everything has happened by now, and
 * only the answer can suffer.
 */
export async function deliver(args: {
  readonly response: ServerResponse;
  /** Ends the waiting of slow answers. */
  readonly signal: AbortSignal;
  readonly fault: Fault | null;
  readonly answer: Answer;
}): Promise<void> {
  const { response, fault, answer } = args;
  if (fault?.fault === 'lost-answer') {
    response.socket?.destroy();
  } else if (fault?.fault === 'status-after-effect') {
    sendAnswer(response, injectedError(fault.status));
  } else if (fault?.fault === 'malformed-answer') {
    const text = JSON.stringify(answer.body);
    sendAnswer(response, answer, text.slice(0, text.length / 2));
  } else {
    if (fault?.fault === 'slow') {
      await delay(fault.delayMilliseconds, undefined, { signal: args.signal });
    }
    sendAnswer(response, answer);
  }
}

/** The error of the faults `status` and `status-after-effect`. */
export function injectedError(status: number): Answer {
  return refusal(status, 'injected-fault', 'This error was asked for with PUT /_control/faults.');
}
