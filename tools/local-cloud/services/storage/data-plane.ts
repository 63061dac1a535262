import type { Azurite } from './azurite/start-azurite.ts';
import { sharedKeyAuthorization } from './shared-key.ts';

interface Place {
  readonly azurite: Azurite;
  readonly account: string;
  readonly service: 'blob' | 'queue';
}

const serviceVersion = '2024-11-04';

/** The containers, or queues, that an account has, however they were made. */
export async function containerNames(place: Place): Promise<readonly string[]> {
  const response = await send({ ...place, method: 'GET', path: '', query: { comp: 'list' } });
  const text = await response.text();
  return [...text.matchAll(/<Name>([^<]+)<\/Name>/g)].flatMap((match) => match[1] ?? []);
}

/** Makes a container, or a queue; one that is there already is left alone. */
export async function createContainer(place: Place & { name: string }): Promise<void> {
  const response = await send({
    ...place,
    method: 'PUT',
    path: `/${place.name}`,
    query: kind(place),
  });
  if (!response.ok && response.status !== 409) await fail(place, response);
}

/** Removes a container, or a queue, with what is in it. */
export async function deleteContainer(place: Place & { name: string }): Promise<void> {
  const response = await send({
    ...place,
    method: 'DELETE',
    path: `/${place.name}`,
    query: kind(place),
  });
  if (!response.ok && response.status !== 404) await fail(place, response);
}

function kind(place: Place): Record<string, string> {
  return place.service === 'blob' ? { restype: 'container' } : {};
}

function send(
  args: Place & { method: string; path: string; query: Record<string, string> },
): Promise<Response> {
  const { azurite, account, service } = args;
  const base = service === 'blob' ? azurite.blobUrl : azurite.queueUrl;
  const query = new URLSearchParams(args.query);
  const path = `/${account}${args.path}`;
  const headers = { 'x-ms-date': new Date().toUTCString(), 'x-ms-version': serviceVersion };
  const authorization = sharedKeyAuthorization({
    service,
    account,
    key: azurite.keys(account).key1,
    request: { method: args.method, path, query, headers },
  });
  return fetch(`${base}${path}?${query.toString()}`, {
    method: args.method,
    headers: { ...headers, authorization },
  });
}

async function fail(place: Place, response: Response): Promise<never> {
  const text = await response.text();
  throw new Error(`Azurite answered ${response.status} for account ${place.account}: ${text}`);
}
