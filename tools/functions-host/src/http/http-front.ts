import type { IncomingMessage, ServerResponse } from 'node:http';
import { listen } from '@mispriced/loopback-server';
import { sendJson } from './send-response.ts';

/** One request with its address read. */
export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
}

/** The host's server on loopback. It stays while the app behind it comes and goes. */
export interface HttpFront {
  readonly url: string;
  /** Does nothing when it is closed already. */
  close(): Promise<void>;
}

/** Listens on a free port. What `answer` throws becomes a 500 and is reported. */
export async function openHttpFront(args: {
  readonly answer: (exchange: HttpExchange) => Promise<void>;
  readonly reportFailure: (error: unknown) => void;
}): Promise<HttpFront> {
  const listener = await listen({
    listener: (request, response) => {
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
    },
  });
  return { url: `http://127.0.0.1:${listener.port}`, close: () => listener.close() };
}

function readUrl(request: IncomingMessage): URL | null {
  const host = request.headers.host ?? '127.0.0.1';
  return URL.parse(request.url ?? '/', `http://${host}`);
}
