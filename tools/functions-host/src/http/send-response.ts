import type { ServerResponse } from 'node:http';
import type { HttpData, TypedData } from '../worker/protocol.ts';
import { formatCookie } from './format-cookie.ts';

/** Headers that belong to one connection and are never passed from one to another. */
export const connectionHeaders: ReadonlySet<string> = new Set([
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
]);

/** Answers with what a function returned; one that returned nothing answers 204. */
export function sendFunctionResponse(response: ServerResponse, data: HttpData | null): void {
  if (data === null) {
    response.writeHead(204).end();
    return;
  }
  for (const [name, value] of Object.entries(data.headers ?? {})) {
    const isOurs = connectionHeaders.has(name.toLowerCase()) || name === 'content-length';
    if (!isOurs) response.setHeader(name, value);
  }
  const cookies = (data.cookies ?? []).map(formatCookie);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  const body = bodyBytes(data.body);
  response.writeHead(Number(data.statusCode ?? '200'));
  response.end(body);
}

/** Answers as a route of the host itself does: with JSON, or with nothing but a status. */
export function sendJson(response: ServerResponse, status: number, value?: unknown): void {
  if (value === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

function bodyBytes(body: TypedData | null | undefined): Buffer {
  if (body?.bytes) return Buffer.from(body.bytes);
  return Buffer.from(body?.string ?? body?.json ?? '', 'utf8');
}
