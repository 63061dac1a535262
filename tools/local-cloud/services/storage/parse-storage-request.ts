import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StorageRequest } from './storage-request.ts';

type StorageService = StorageRequest['service'];

/** A request by host name (`account.blob.localhost`), whose path is below the account already. */
export function byHost(args: {
  service: StorageService;
  account: string;
  path: string;
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}): StorageRequest {
  const { query } = taken(args.incoming);
  return { ...args, query, method: args.incoming.method ?? 'GET', forwardPath: args.path };
}

/** A request by path (`https://127.0.0.1:PORT/account/...`), the way emulators are addressed. */
export function byPath(args: {
  service: StorageService;
  incoming: IncomingMessage;
  outgoing: ServerResponse;
}): StorageRequest {
  const { path, query } = taken(args.incoming);
  const [account = '', ...rest] = path.slice(1).split('/');
  return {
    ...args,
    account: decodeURIComponent(account),
    path: `/${rest.join('/')}`,
    query,
    method: args.incoming.method ?? 'GET',
    forwardPath: path,
  };
}

function taken(incoming: IncomingMessage): { path: string; query: URLSearchParams } {
  const [path = '/', search = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  return { path, query: new URLSearchParams(search) };
}
