import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Invoker } from '../invocation/invoker.ts';
import type { TypedData } from '../worker/protocol.ts';
import { type HostKeys, isAuthorized } from './host-keys.ts';
import { BodyTooLargeError, plainHeaders, readBody, requestData } from './request-data.ts';
import type { RouteMatch, RouteTable } from './route-table.ts';
import { sendFunctionResponse, sendJson } from './send-response.ts';
import { streamThroughWorker } from './stream-through-worker.ts';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/** Answers a request that is for a function of the app, if it is for one and may be made. */
export async function answerFunction(
  exchange: Exchange,
  host: {
    readonly routes: RouteTable;
    readonly invoker: Invoker;
    readonly keys: HostKeys;
    readonly httpUri: string | null;
    readonly createId: () => string;
  },
): Promise<void> {
  const { request, response, url } = exchange;
  const { keys } = host;
  const match = host.routes.find(request.method ?? 'GET', url.pathname);
  const asAdmin = isAuthorized({ request, url, keys, level: 'admin' });
  if (match === null || (match.target.isDisabled && !asAdmin)) {
    sendJson(response, 404);
    return;
  }
  const { name: functionName, trigger } = match.target;
  if (!isAuthorized({ request, url, keys, level: trigger.authLevel, functionName })) {
    sendJson(response, 401);
    return;
  }
  const call = { invocationId: host.createId(), invoker: host.invoker, match };
  if (host.httpUri === null) await answerBuffered(exchange, call);
  else await answerStreamed(exchange, { ...call, httpUri: host.httpUri });
}

interface Call {
  readonly invocationId: string;
  readonly invoker: Invoker;
  readonly match: RouteMatch;
}

async function answerBuffered(exchange: Exchange, call: Call): Promise<void> {
  const { request, response, url } = exchange;
  const { target, parameters } = call.match;
  let body: Buffer;
  try {
    body = await readBody(request);
  } catch (error) {
    if (error instanceof BodyTooLargeError) sendJson(response, 413);
    else response.destroy();
    return;
  }
  const outcome = await call.invoker.run({
    invocationId: call.invocationId,
    target,
    reason: 'This function was programmatically called via the host APIs.',
    data: { http: requestData({ request, url, parameters, body }) },
  });
  if (outcome.error !== null) sendJson(response, 500);
  else sendFunctionResponse(response, outcome.response?.returnValue?.http ?? null);
}

async function answerStreamed(
  exchange: Exchange,
  call: Call & { readonly httpUri: string },
): Promise<void> {
  const { request, response, url } = exchange;
  const { target, parameters } = call.match;
  const { invocationId, httpUri } = call;
  const failure = new AbortController();
  const running = call.invoker.run({
    invocationId,
    target,
    reason: 'This function was programmatically called via the host APIs.',
    data: { http: requestData({ request, url, parameters, body: null }) },
    triggerMetadata: streamMetadata(request, parameters),
  });
  void running.then((outcome) => {
    if (outcome.error !== null) failure.abort();
  });
  try {
    const { signal } = failure;
    await streamThroughWorker({ request, response, httpUri, invocationId, signal });
  } catch {
    if (response.headersSent) response.destroy();
    else sendJson(response, 500);
  }
  await running;
}

/** What the library reads of a streamed request from elsewhere than the stream. */
function streamMetadata(
  request: IncomingMessage,
  parameters: Readonly<Record<string, string>>,
): Readonly<Record<string, TypedData>> {
  const named = Object.entries(parameters).map(([name, string]) => [name, { string }] as const);
  return {
    ...Object.fromEntries(named),
    Headers: { json: JSON.stringify(plainHeaders(request)) },
    Query: { json: '{}' },
  };
}
