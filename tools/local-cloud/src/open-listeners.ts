import type { IncomingMessage, RequestListener } from 'node:http';
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
  /** At the ports where accounts are named in the path. */
  byPath: (service: StorageService) => RequestListener;
}): Promise<{ ports: Ports; close(): Promise<void> }> {
  const { tls, preferred } = args;
  const byPath = (service: StorageService): Promise<Listener> =>
    listen({ tls, listener: args.byPath(service), preferredPort: preferred[service] ?? 0 });
  const main = await listen({ tls, listener: args.main, preferredPort: preferred.main ?? 0 });
  const identity = await listen({
    listener: args.identity,
    proxy: args.proxy,
    preferredPort: preferred.identity ?? 0,
  });
  const blob = await byPath('blob');
  const queue = await byPath('queue');
  const table = await byPath('table');
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
