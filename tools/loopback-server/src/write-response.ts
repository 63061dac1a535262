import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { HttpError } from './http-error.ts';
import type { HttpResponse } from './http-response.ts';

/** Sends an answer with the identifiers that Azure puts on every one of its own. */
export function writeResponse(outgoing: ServerResponse, response: HttpResponse): void {
  const requestId = randomUUID();
  writePlainResponse(outgoing, {
    ...response,
    headers: {
      'x-ms-request-id': requestId,
      'x-ms-correlation-request-id': requestId,
      'cache-control': 'no-cache',
      ...response.headers,
    },
  });
}

/** Sends an answer with no more than what it says, for services that are not Azure's. */
export function writePlainResponse(outgoing: ServerResponse, response: HttpResponse): void {
  const isText = typeof response.body === 'string';
  const text = isText ? response.body : JSON.stringify(response.body);
  outgoing.writeHead(response.status, {
    ...(response.body !== undefined && {
      'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    }),
    ...response.headers,
  });
  outgoing.end(response.body === undefined ? undefined : text);
}

/** A refusal as an answer; anything unforeseen is a 500 that says so without showing its insides. */
export function errorResponse(thrown: unknown): HttpResponse {
  if (thrown instanceof HttpError) {
    return { status: thrown.status, headers: thrown.headers, body: thrown.body() };
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    status: 500,
    body: {
      error: { code: 'LocalCloudDefect', message: `A defect of the local cloud: ${message}` },
    },
  };
}
