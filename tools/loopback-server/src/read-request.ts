import type { IncomingMessage } from 'node:http';
import { HttpError } from './http-error.ts';
import type { HttpRequest } from './http-request.ts';

const maximumBodyBytes = 512 * 1024 * 1024;
const hostInPath = /^\/_host\/([^/]+)(\/.*)?$/;

/** Where a request is meant to go: by its host header, or by a path that begins `/_host/NAME/`. */
export function target(incoming: IncomingMessage): {
  hostname: string;
  path: string;
  search: string;
} {
  // Not by `URL`, to which a path that begins with two slashes would be a host.
  const [pathname = '/', query] = (incoming.url ?? '/').split(/\?(.*)/s);
  const search = query === undefined || query === '' ? '' : `?${query}`;
  const inPath = hostInPath.exec(pathname);
  if (inPath !== null) {
    return {
      hostname: (inPath[1] ?? '').toLowerCase(),
      path: inPath[2] ?? '/',
      search,
    };
  }
  const hostname = (incoming.headers.host ?? 'localhost').replace(/:\d+$/, '').toLowerCase();
  return { hostname, path: pathname, search };
}

/** Reads a request whole. @throws HttpError 413 where it is larger than a package may be. */
export async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const { hostname, path, search } = target(incoming);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maximumBodyBytes) {
      throw new HttpError({
        status: 413,
        code: 'RequestEntityTooLarge',
        message: `The request is larger than ${maximumBodyBytes} bytes.`,
      });
    }
    chunks.push(bytes);
  }
  return {
    method: incoming.method ?? 'GET',
    hostname,
    path,
    query: new URLSearchParams(search),
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}
