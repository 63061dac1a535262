import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { listen, type Listener } from '@mispriced/loopback-server';
import type { Ports } from './ports.ts';

type StorageService = 'blob' | 'queue' | 'table';

/** Opens every port of the local cloud, all on loopback. */
export async function openListeners(args: {
  tls: { certificate: string; key: string };
  preferred: Partial<Ports>;
  main: RequestListener;
  identity: RequestListener;
  proxy: (request: IncomingMessage, client: Duplex, head: Buffer) => void;
  storage: (service: StorageService, incoming: IncomingMessage, outgoing: ServerResponse) => void;
}): Promise<{ ports: Ports; close(): Promise<void> }> {
  const { tls, preferred } = args;
  const storage = (service: StorageService): Promise<Listener> => {
    const listener: RequestListener = (incoming, outgoing) => {
      args.storage(service, incoming, outgoing);
    };
    return listen({ tls, listener, preferredPort: preferred[service] ?? 0 });
  };
  const main = await listen({ tls, listener: args.main, preferredPort: preferred.main ?? 0 });
  const identity = await listen({
    listener: args.identity,
    proxy: args.proxy,
    preferredPort: preferred.identity ?? 0,
  });
  const blob = await storage('blob');
  const queue = await storage('queue');
  const table = await storage('table');
  const listeners = [main, identity, blob, queue, table];
  return {
    ports: {
      main: main.port,
      identity: identity.port,
      blob: blob.port,
      queue: queue.port,
      table: table.port,
    },
    close: async () => {
      await Promise.all(listeners.map((each) => each.close()));
    },
  };
}
