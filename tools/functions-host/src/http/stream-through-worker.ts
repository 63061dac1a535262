import { type IncomingMessage, request as sendRequest, type ServerResponse } from 'node:http';
import { connectionHeaders } from './send-response.ts';

/**
 * Carries a request to the process of an app that asked for streams and its answer back, byte by
 * byte. The library finds the invocation that the request belongs to by its header.
 * Source: @azure/functions httpProxy.ts, HttpRequest.ts createStreamRequest.
 *
 * @throws whatever breaks the connection before the answer begins.
 */
export async function streamThroughWorker(args: {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly httpUri: string;
  readonly invocationId: string;
  /** Aborted when the invocation has failed, after which no answer comes. */
  readonly signal: AbortSignal;
}): Promise<void> {
  const { request, response, signal } = args;
  await new Promise<void>((resolve, reject) => {
    const forwarded = sendRequest(
      {
        host: '127.0.0.1',
        port: new URL(args.httpUri).port,
        method: request.method,
        path: request.url,
        headers: {
          ...passedOn(request.headers),
          'x-ms-invocation-id': args.invocationId,
          'x-forwarded-host': request.headers.host ?? '127.0.0.1',
          'x-forwarded-proto': 'http',
        },
        signal,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 500, passedOn(answer.headers));
        answer.pipe(response);
        answer.on('error', reject);
        response.on('close', resolve);
      },
    );
    forwarded.on('error', reject);
    request.pipe(forwarded);
  });
}

function passedOn(headers: IncomingMessage['headers']): IncomingMessage['headers'] {
  const kept = Object.entries(headers).filter(([name]) => !connectionHeaders.has(name));
  return Object.fromEntries(kept);
}
