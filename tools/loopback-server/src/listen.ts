import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A listening server on loopback. */
export interface Listener {
  readonly port: number;
  /** Ends every connection too; does nothing when it is closed already. */
  close(): Promise<void>;
}

/**
 * Listens on 127.0.0.1: on the preferred port where it is free, on any other otherwise, so that
 * addresses survive a restart where they can.
 *
 * @param args.tls a certificate and its key in PEM; plain HTTP without
 * @throws Error `EADDRINUSE` where the one port that was asked for is taken
 */
export async function listen(args: {
  tls?: { certificate: string; key: string };
  preferredPort?: number;
  /** This port and no other. */
  port?: number;
  listener: RequestListener;
  /** Answers CONNECT, which makes this a proxy. */
  proxy?: (request: IncomingMessage, client: Duplex, head: Buffer) => void;
}): Promise<Listener> {
  const server =
    args.tls === undefined
      ? createHttpServer(args.listener)
      : createHttpsServer({ cert: args.tls.certificate, key: args.tls.key }, args.listener);
  // As long as services keep theirs: a client that was busy for five seconds would else send its next
  // request into a connection that is being closed.
  server.keepAliveTimeout = 120_000;
  const sockets = new Set<Duplex>();
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  if (args.proxy !== undefined) server.on('connect', args.proxy);
  try {
    await listenOn(server, args.port ?? args.preferredPort ?? 0);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!isTaken || args.port !== undefined) throw error;
    await listenOn(server, 0);
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        if (!server.listening) {
          resolve();
          return;
        }
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        // Tunnels are no longer the server's own, and would keep it from closing.
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}
