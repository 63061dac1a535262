import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Somebody's web server with a data file on it, on loopback. */
export interface OwnDataServer {
  readonly url: string;
  /** What it serves from now on. */
  serve(answer: { status?: number; text: string }): void;
  /** The addresses it was asked for. */
  readonly asked: readonly string[];
}

/** Starts such a server for one test. */
export async function startOwnDataServer(): Promise<OwnDataServer> {
  let served = { status: 404, text: '' };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(served.status, { 'content-type': 'text/csv' }).end(served.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/unemployment.csv`,
    serve: ({ status = 200, text }) => {
      served = { status, text };
    },
    asked,
  };
}
