import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendJson } from './send-response.ts';

/** One request with its address read. */
export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/** The host's server on loopback. It stays while the app behind it comes and goes. */
export class HttpFront {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Listens on a free port. What `answer` throws becomes a 500 and is reported. */
  static async listen(args: {
    readonly answer: (exchange: HttpExchange) => Promise<void>;
    readonly reportFailure: (error: unknown) => void;
  }): Promise<HttpFront> {
    const server = createServer((request, response) => {
      const url = readUrl(request);
      if (url === null) {
        sendJson(response, 400);
        return;
      }
      args.answer({ request, response, url }).catch((error: unknown) => {
        args.reportFailure(error);
        if (response.headersSent) response.destroy();
        else sendJson(response, 500);
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    return new HttpFront(server);
  }

  /** Does nothing when it is closed already. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    this.#server.closeAllConnections();
    await closed;
  }
}

function readUrl(request: IncomingMessage): URL | null {
  const host = request.headers.host ?? '127.0.0.1';
  return URL.parse(request.url ?? '/', `http://${host}`);
}
