import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A market that answers with whatever a test says, and counts the orders it gets. */
export interface FakeVenue {
  readonly url: string;
  readonly orders: () => number;
  close(): Promise<void>;
}

/** Starts one on loopback. A text is sent as it is, anything else as JSON. */
export async function startFakeVenue(listing: unknown): Promise<FakeVenue> {
  let orders = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.method === 'POST') orders += 1;
    const path = request.url ?? '';
    const answer = path.includes('/loans/listing')
      ? listing
      : path.endsWith('/availablecash')
        ? { investorId: 1, availableCash: 10_000 }
        : { myNotes: [] };
    response.setHeader('content-type', 'application/json');
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    orders: () => orders,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
