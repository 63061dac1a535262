import { createRequestPace } from '../http/request-pace.ts';
import { retryRead } from '../http/retry-read.ts';
import { type HttpAttempt, sendRequest } from '../http/send-request.ts';
import type { Revealable, VenueRuntime } from '../http/venue-runtime.ts';
import type { MispricedError } from '../../domain/errors.ts';
import {
  accessKeyRefused,
  answerInvalid,
  type ErrorContext,
  orderUnanswered,
  orderUnsettled,
  requestRefused,
  venueUnreachable,
} from './errors.ts';
import { parseRefusal } from './refusal.ts';

/** How to reach LendingClub's API, or a market that speaks it. */
export interface LendingClubConnection extends VenueRuntime {
  /** The API's address up to and including its version, `https://.../api/investor/v1`. */
  readonly apiUrl: string;
  readonly accessKey: Revealable;
  /** The secret's name in the configuration: errors say which one to set. */
  readonly accessKeyName: string;
  readonly requestsPerSecond: number;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
}

/** Two verbs with two temperaments: a read is repeated, an order is sent once. */
export interface LendingClubClient {
  /**
   * @returns The answer as JSON.
   * @throws MispricedError `VENUE_UNREACHABLE`, `VENUE_REFUSED` or `VENUE_ANSWER_INVALID`.
   */
  read(path: string): Promise<unknown>;
  /**
   * @returns What came of the one attempt.
   * @throws What `mayStillSend` says, and MispricedError `VENUE_REFUSED` for a key that cannot be sent
   * or `VENUE_UNREACHABLE` where the run was stopped: nothing left then.
   */
  sendOrders(
    path: string,
    bodyText: string,
    mayStillSend: () => MispricedError | null,
  ): Promise<HttpAttempt>;
}

/** Speaks HTTP to LendingClub: access key, pace, time-out and, for reads, retries. */
export function createLendingClubClient(connection: LendingClubConnection): LendingClubClient {
  const { signal } = connection;
  const pace = createRequestPace(connection.requestsPerSecond, connection);

  const attempt = async (
    method: 'GET' | 'POST',
    path: string,
    bodyText?: string,
    mayStillSend: () => MispricedError | null = () => null,
  ) => {
    const context = contextOf(connection, `${method} ${path}`);
    const key = usableKey(connection, context);
    const result = await pace(async () => {
      if (signal?.aborted === true) throw venueUnreachable(context, 'the run was stopped');
      // The pace may have held this up: nothing may come between this and the request.
      const problem = mayStillSend();
      if (problem !== null) throw problem;
      return sendRequest({
        request: {
          method,
          url: connection.apiUrl + path,
          headers: {
            accept: 'application/json',
            authorization: key,
            ...(bodyText !== undefined && { 'content-type': 'application/json' }),
          },
          ...(bodyText !== undefined && { bodyText }),
        },
        fetch: connection.fetch,
        timeoutSignal: connection.timeoutSignal,
        timeoutSeconds: connection.timeoutSeconds,
        signal,
      });
    });
    return withoutKey(result, key);
  };

  return {
    async read(path) {
      const result = await retryRead(() => attempt('GET', path), connection, signal);
      return jsonOf(result, contextOf(connection, `GET ${path}`));
    },
    sendOrders: (path, bodyText, mayStillSend) => attempt('POST', path, bodyText, mayStillSend),
  };
}

/**
 * Why an answer to orders that is not 200, or none, is a problem: by its status, and in the venue's
 * own words where it gave any.
 */
export function problemOfOrders(
  { result, isRefused }: { readonly result: HttpAttempt; readonly isRefused: boolean },
  connection: Pick<LendingClubConnection, 'accessKeyName'>,
  path: string,
): MispricedError {
  const context = { operation: `POST ${path}`, accessKeyName: connection.accessKeyName };
  if (!result.answered) return orderUnanswered(context, result.problem);
  const { status } = result;
  if (status >= 500 || status === 429) return orderUnanswered(context, detailOf(result));
  if (!isRefused) return orderUnsettled(context, detailOf(result));
  if (status === 401 || status === 403) return accessKeyRefused(context, detailOf(result));
  return requestRefused(context, detailOf(result));
}

/** The value written in a text of JSON, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function jsonOf(result: HttpAttempt, context: ErrorContext): unknown {
  if (!result.answered) throw venueUnreachable(context, result.problem);
  const { status, text } = result;
  if (status === 401 || status === 403) throw accessKeyRefused(context, detailOf(result));
  if (status >= 500 || status === 429) throw venueUnreachable(context, detailOf(result));
  if (status !== 200) throw requestRefused(context, detailOf(result));
  const value = parseJson(text);
  if (value === undefined) throw answerInvalid(context.operation, ['(top): not JSON']);
  return value;
}

function detailOf(answer: { status: number; text: string }): string {
  const words = parseRefusal(parseJson(answer.text))?.words ?? [];
  return [`HTTP ${answer.status}`, ...words].join(', ').slice(0, 500);
}

/**
 * A refusal that echoes the key would get it into errors and the ledger. Keys too short to be real
 * are left, since blotting them out could change what the refusal says.
 */
function withoutKey(result: HttpAttempt, key: string): HttpAttempt {
  if (!result.answered || result.status === 200 || key.length < 8) return result;
  return { ...result, text: result.text.replaceAll(key, '***') };
}

function contextOf(connection: LendingClubConnection, operation: string): ErrorContext {
  return { operation, accessKeyName: connection.accessKeyName };
}

/** Checked here because the HTTP client quotes a key it cannot send in its own error. */
function usableKey(connection: LendingClubConnection, context: ErrorContext): string {
  const key = connection.accessKey.reveal();
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  throw accessKeyRefused(
    context,
    key === '' ? 'it is empty' : 'it holds spaces, line breaks or characters outside ASCII',
  );
}
