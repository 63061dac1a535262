import type { Azurite } from './azurite/start-azurite.ts';
import { sharedKeyAuthorization } from './shared-key.ts';

interface Place {
  readonly azurite: Azurite;
  readonly account: string;
  readonly service: 'blob' | 'queue';
}

/** Who may read a container without a key or a token, as the resource manager names it. */
type PublicAccess = 'Container' | 'Blob' | 'None';

/** A container, or a queue, as Azurite has it. */
interface Held {
  readonly name: string;
  readonly publicAccess: PublicAccess;
}

const serviceVersion = '2024-11-04';

/** The containers, or queues, that an account has, however they were made. */
export async function heldContainers(place: Place): Promise<readonly Held[]> {
  const held: Held[] = [];
  let marker = '';
  do {
    const query = { comp: 'list', ...(marker !== '' && { marker }) };
    const response = await send({ ...place, method: 'GET', path: '', query });
    const text = await response.text();
    if (!response.ok) throw failure(place, response, text);
    for (const [, each = ''] of text.matchAll(
      /<(?:Container|Queue)>(.*?)<\/(?:Container|Queue)>/gs,
    )) {
      held.push({
        name: element(each, 'Name'),
        publicAccess: shown(element(each, 'PublicAccess')),
      });
    }
    marker = element(text, 'NextMarker');
  } while (marker !== '');
  return held;
}

/** Makes a container, or a queue, or gives one that is there already the public access that is said. */
export async function createContainer(
  place: Place & { name: string; publicAccess?: PublicAccess },
): Promise<void> {
  const path = `/${place.name}`;
  const headers = accessHeaders(place.publicAccess);
  const made = await send({ ...place, method: 'PUT', path, query: kind(place), headers });
  if (made.ok) return;
  if (made.status !== 409) throw failure(place, made, await made.text());
  if (place.publicAccess === undefined) return;
  const query = { ...kind(place), comp: 'acl' };
  const changed = await send({ ...place, method: 'PUT', path, query, headers });
  if (!changed.ok) throw failure(place, changed, await changed.text());
}

/** Removes a container, or a queue, with what is in it. */
export async function deleteContainer(place: Place & { name: string }): Promise<void> {
  const path = `/${place.name}`;
  const response = await send({ ...place, method: 'DELETE', path, query: kind(place) });
  if (!response.ok && response.status !== 404) {
    throw failure(place, response, await response.text());
  }
}

/** Removes every table of an account. */
export async function deleteTables(place: Omit<Place, 'service'>): Promise<void> {
  const table = { ...place, service: 'table' as const, query: {} };
  const response = await send({ ...table, method: 'GET', path: '/Tables' });
  const text = await response.text();
  if (!response.ok) throw failure(place, response, text);
  const { value } = JSON.parse(text) as { value: { TableName: string }[] };
  for (const { TableName } of value) {
    const gone = await send({ ...table, method: 'DELETE', path: `/Tables('${TableName}')` });
    if (!gone.ok && gone.status !== 404) throw failure(place, gone, await gone.text());
  }
}

function kind(place: Place): Record<string, string> {
  return place.service === 'blob' ? { restype: 'container' } : {};
}

function accessHeaders(access: PublicAccess | undefined): Record<string, string> {
  if (access === undefined || access === 'None') return {};
  return { 'x-ms-blob-public-access': access.toLowerCase() };
}

function shown(access: string): PublicAccess {
  const words: Readonly<Record<string, PublicAccess>> = { container: 'Container', blob: 'Blob' };
  return words[access] ?? 'None';
}

/** Names of containers, queues and their access hold nothing that XML would escape. */
function element(text: string, name: string): string {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
}

function send(args: {
  azurite: Azurite;
  account: string;
  service: 'blob' | 'queue' | 'table';
  method: string;
  path: string;
  query: Record<string, string>;
  headers?: Record<string, string>;
}): Promise<Response> {
  const { azurite, account, service } = args;
  const base = { blob: azurite.blobUrl, queue: azurite.queueUrl, table: azurite.tableUrl }[service];
  const query = new URLSearchParams(args.query);
  const path = `/${account}${args.path}`;
  const headers = {
    accept: service === 'table' ? 'application/json;odata=nometadata' : '*/*',
    'x-ms-date': new Date().toUTCString(),
    'x-ms-version': serviceVersion,
    ...args.headers,
  };
  const authorization = sharedKeyAuthorization({
    service,
    account,
    key: azurite.steadyKey(account),
    request: { method: args.method, path, query, headers },
  });
  return fetch(`${base}${path}?${query.toString()}`, {
    method: args.method,
    headers: { ...headers, authorization },
  });
}

function failure(place: { account: string }, response: Response, text: string): Error {
  return new Error(`Azurite answered ${response.status} for account ${place.account}: ${text}`);
}
