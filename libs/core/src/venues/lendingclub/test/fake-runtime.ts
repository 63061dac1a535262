import type { VenueRuntime } from '../../http/venue-runtime.ts';

/** What a scripted market does with one request. */
export type ScriptedAnswer =
  { status: number; body: string; headers?: Record<string, string> } | Error;

/** A request as the fake network saw it, with the fake time of its arrival. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: Headers;
  body: string | null;
  atMilliseconds: number;
}

/** A network and a clock made of nothing: answers come from a list, sleeping only moves the clock. */
export function createFakeRuntime(
  answers: readonly ScriptedAnswer[],
  latencyMilliseconds = 0,
): VenueRuntime & { seen: SeenRequest[]; slept: number[] } {
  const queue = [...answers];
  const seen: SeenRequest[] = [];
  const slept: number[] = [];
  let now = 1_000_000;
  return {
    seen,
    slept,
    nowMilliseconds: () => now,
    sleep: (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    // The script decides which answers never come.
    timeoutSignal: () => new AbortController().signal,
    random: () => 0.5,
    fetch: (input, init) => {
      const request = new Request(input, init);
      seen.push({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: typeof init?.body === 'string' ? init.body : null,
        atMilliseconds: now,
      });
      now += latencyMilliseconds;
      const answer = queue.shift();
      if (answer === undefined) throw new Error('the script has no further answer');
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve(
        new Response(answer.body, {
          status: answer.status,
          ...(answer.headers && { headers: answer.headers }),
        }),
      );
    },
  };
}

/** How undici reports a broken connection. */
export function connectionError(code: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
}
