import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type HttpResponse, writePlainResponse } from '@mispriced/loopback-server';
import type { Fault } from '../faults/fault.ts';

const headers = { 'content-type': 'application/json;charset=UTF-8' };

/** Sends an answer as JSON; a body that is text already goes out as it is. */
export function sendAnswer(outgoing: ServerResponse, response: HttpResponse): void {
  writePlainResponse(outgoing, { ...response, headers: { ...headers, ...response.headers } });
}

/**
 * Sends what a route answered, or what a fault makes of it: everything has happened by now, and
 * only the answer can suffer.
 */
export async function deliver(args: {
  readonly outgoing: ServerResponse;
  /** Ends the waiting of slow answers. */
  readonly signal: AbortSignal;
  readonly fault: Fault | null;
  readonly response: HttpResponse;
  /** The error of the fault `status-after-effect`. */
  readonly injected: (status: number) => HttpResponse;
}): Promise<void> {
  const { outgoing, fault, response } = args;
  if (fault?.fault === 'lost-answer') {
    outgoing.socket?.destroy();
  } else if (fault !== null && 'status' in fault) {
    sendAnswer(outgoing, args.injected(fault.status));
  } else if (fault?.fault === 'malformed-answer') {
    const text = JSON.stringify(response.body);
    sendAnswer(outgoing, { ...response, body: text.slice(0, text.length / 2) });
  } else {
    if (fault !== null && 'delayMilliseconds' in fault) {
      await delay(fault.delayMilliseconds, undefined, { signal: args.signal });
    }
    sendAnswer(outgoing, response);
  }
}
