import type { IncomingMessage } from 'node:http';
import type { HttpData } from '../worker/protocol.ts';

/** The largest body that the real host takes: 100 MiB. */
const largestBodyBytes = 104_857_600;

/** A request whose body is larger than the host takes. */
export class BodyTooLargeError extends Error {}

/** The bytes of a request's body. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBodyBytes) throw new BodyTooLargeError();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A request in the form in which a function's process receives it. */
export function requestData(args: {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}): HttpData {
  const query: Record<string, string> = {};
  for (const name of new Set(args.url.searchParams.keys())) {
    query[name] = args.url.searchParams.getAll(name).join(',');
  }
  return {
    method: args.request.method ?? 'GET',
    url: args.url.href,
    headers: plainHeaders(args.request),
    query,
    params: args.parameters,
    body: args.body === null || args.body.length === 0 ? null : { bytes: args.body },
  };
}

/** Headers with one text each; those without a value are dropped, as the real host does. */
export function plainHeaders(request: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text !== undefined && text !== '') headers[name] = text;
  }
  return headers;
}
