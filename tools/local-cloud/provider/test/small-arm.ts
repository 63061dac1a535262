import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CloudConnection } from '@mispriced/azure';
import type { Json } from '../type-spec.ts';

/** A request as the resource manager got it. */
export interface ArmRequest {
  method: string;
  path: string;
  apiVersion: string;
  body: Json | null;
}

/** An answer instead of the usual one, once, for the next request to a path that fits. */
export interface Fault {
  method: string;
  pathEnds?: string;
  pathContains?: string;
  status: number;
  headers?: Record<string, string>;
  body?: Json;
}

/** What Azure adds to a resource by itself, as far as a program reads it. */
function addedBy(path: string, name: string): Json {
  if (/\/storageAccounts\/[^/]+$/.test(path)) {
    return { primaryEndpoints: { blob: `https://${name}.blob/`, queue: `https://${name}.queue/` } };
  }
  if (path.includes('/userAssignedIdentities/')) {
    return {
      clientId: '22222222-2222-2222-2222-222222222222',
      principalId: '33333333-3333-3333-3333-333333333333',
      tenantId: '44444444-4444-4444-4444-444444444444',
    };
  }
  if (path.includes('/vaults/')) return { vaultUri: `https://${name}.vault/` };
  if (path.includes('/components/')) return { ConnectionString: 'InstrumentationKey=x' };
  if (/\/sites\/[^/]+$/.test(path)) return { defaultHostName: `${name}.azurewebsites.net` };
  return {};
}

/**
 * The least of a resource manager that proves the provider: it keeps what it is sent, adds what only
 * Azure knows, and deletes what is below. It checks nothing; the local cloud's own does.
 */
export async function startSmallArm() {
  const resources = new Map<string, Json>();
  const requests: ArmRequest[] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      const path = decodeURIComponent(url.pathname);
      const method = request.method ?? '';
      const apiVersion = url.searchParams.get('api-version') ?? '';
      requests.push({ method, path, apiVersion, body });
      const fault = faults.findIndex(
        (one) =>
          one.method === method &&
          path.endsWith(one.pathEnds ?? '') &&
          path.includes(one.pathContains ?? ''),
      );
      const [chosen] = fault >= 0 ? faults.splice(fault, 1) : [];
      const answer = chosen ?? answerTo({ method, path, body, resources });
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A client sends its token over TLS alone; that this is loopback is known here.
  const endpoint = `https://${place}`;
  const connection: CloudConnection = {
    endpoint,
    audience: endpoint,
    subscriptionId: '11111111-1111-1111-1111-111111111111',
    tenantId: '44444444-4444-4444-4444-444444444444',
    clientId: '55555555-5555-5555-5555-555555555555',
    credential: {
      getToken: () =>
        Promise.resolve({ token: 'token', expiresOnTimestamp: Date.now() + 3_600_000 }),
    },
    fetch: (input, init) => fetch((input as string).replace(/^https:/, 'http:'), init),
    clock: { now: () => new Date(), sleep: () => Promise.resolve() },
  };
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => {
        resolve();
      });
    });
  return { connection, endpoint, resources, requests, faults, close };
}

function answerTo(args: {
  method: string;
  path: string;
  body: Json | null;
  resources: Map<string, Json>;
}): { status: number; headers?: Record<string, string>; body?: Json } {
  const { method, resources } = args;
  const path = args.path.replace(/\/list$/, '');
  const key = path.toLowerCase();
  const found = resources.get(key);
  if (method === 'PUT') {
    const name = path.split('/').at(-1) ?? '';
    const type = path.split('/providers/').at(-1)?.split('/').slice(0, 2).join('/') ?? '';
    const properties = { ...((args.body?.['properties'] ?? {}) as Json), ...addedBy(path, name) };
    const identity = args.body?.['identity'];
    const kept = { ...args.body, ...(identity !== undefined && { identity }), properties };
    resources.set(key, { id: path, name, type, ...kept });
    return { status: found ? 200 : 201, body: resources.get(key) ?? {} };
  }
  if (method === 'DELETE') {
    for (const other of [...resources.keys()]) {
      if (other === key || other.startsWith(`${key}/`)) resources.delete(other);
    }
    return { status: found ? 200 : 204 };
  }
  if (found) return { status: 200, body: found };
  const message = `The Resource '${path}' was not found.`;
  return { status: 404, body: { error: { code: 'ResourceNotFound', message } } };
}

async function readBody(request: IncomingMessage): Promise<Json | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : (JSON.parse(text) as Json);
}
