import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { omit } from '../../src/omit.ts';
import { sharedKeyAuthorization } from './shared-key.ts';
import type { StorageAccounts } from './storage-accounts.ts';
import { writeStorageError } from './storage-error.ts';
import type { StorageRequest } from './storage-request.ts';

const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade']);
const oldestTokenVersion = '2024-11-04';

/** Sends a request on to Azurite and its answer back, both as they flow. */
export function forward(args: {
  request: StorageRequest;
  storage: StorageAccounts;
  signAnew: boolean;
}): void {
  const { request, storage } = args;
  const { azurite } = storage;
  const urls = { blob: azurite.blobUrl, queue: azurite.queueUrl, table: azurite.tableUrl };
  const url = new URL(urls[request.service]);
  const headers = args.signAnew
    ? signedHeaders(request, storage)
    : plainHeaders(request.incoming.headers);
  const onward = httpRequest(
    {
      host: url.hostname,
      port: url.port,
      method: request.method,
      path: `${request.wholePath}${request.search}`,
      headers,
    },
    (answered) => {
      request.outgoing.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(request.outgoing);
    },
  );
  onward.on('error', () => {
    if (request.outgoing.headersSent) request.outgoing.destroy();
    else {
      const message = 'The storage behind the local cloud did not answer.';
      writeStorageError(request.outgoing, { status: 500, code: 'InternalError', message });
    }
  });
  request.incoming.pipe(onward);
}

function plainHeaders(incoming: IncomingHttpHeaders): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming)) {
    if (value !== undefined && !hopByHop.has(name)) headers[name] = [value].flat().join(',');
  }
  return headers;
}

function signedHeaders(request: StorageRequest, storage: StorageAccounts): Record<string, string> {
  const kept: Record<string, string> = omit(
    plainHeaders(request.incoming.headers),
    'authorization',
  );
  const headers: Record<string, string> = {
    ...kept,
    'x-ms-date': new Date().toUTCString(),
    'x-ms-version': kept['x-ms-version'] ?? oldestTokenVersion,
  };
  const { account, method, query, service } = request;
  return {
    ...headers,
    authorization: sharedKeyAuthorization({
      service,
      account,
      key: storage.azurite.steadyKey(account),
      request: { method, path: request.wholePath, query, headers },
    }),
  };
}
