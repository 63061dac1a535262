import type { VenueRuntime } from './venue-runtime.ts';

/** One request of a venue's API; `bodyText` is JSON already written. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyText?: string;
}

/** What came of one attempt: an answer read to its end, or none and why. */
export type HttpAttempt =
  | {
      readonly answered: true;
      readonly status: number;
      readonly text: string;
      readonly retryAfterSeconds: number | null;
    }
  | { readonly answered: false; readonly problem: string };

/**
 * Makes one attempt and never throws: whether a lost answer may be asked for again is the caller's
 * to know. Redirects are not followed: they could carry a key elsewhere or send an order twice.
 */
export async function sendRequest(args: {
  request: HttpRequest;
  fetch: VenueRuntime['fetch'];
  timeoutSignal: VenueRuntime['timeoutSignal'];
  timeoutSeconds: number;
  signal: AbortSignal | undefined;
}): Promise<HttpAttempt> {
  const { request, timeoutSeconds, signal } = args;
  const timeout = args.timeoutSignal(timeoutSeconds * 1000);
  try {
    const response = await args.fetch(request.url, {
      method: request.method,
      headers: request.headers,
      redirect: 'manual',
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
      ...(request.bodyText !== undefined && { body: request.bodyText }),
    });
    const text = await response.text();
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      answered: true,
      status: response.status,
      text,
      retryAfterSeconds: seconds >= 0 ? seconds : null,
    };
  } catch (thrown) {
    if (signal?.aborted === true) return { answered: false, problem: 'the run was stopped' };
    if (timeout.aborted) {
      return { answered: false, problem: `no whole answer within ${timeoutSeconds} s` };
    }
    return { answered: false, problem: networkProblem(thrown) };
  }
}

/** Only the system's code: messages of the HTTP client may quote headers, and so the key. */
function networkProblem(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : 'the connection failed';
}
