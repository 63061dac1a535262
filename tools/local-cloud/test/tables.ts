import { expect } from 'vitest';
import type { Azurite } from '../services/storage/azurite/start-azurite.ts';
import { sharedKeyAuthorization } from '../services/storage/shared-key.ts';

interface TablePlace {
  readonly azurite: Azurite;
  readonly account: string;
}

async function askTables(place: TablePlace, method: string, body?: object): Promise<Response> {
  const path = `/${place.account}/Tables`;
  const headers = {
    accept: 'application/json;odata=nometadata',
    'content-type': 'application/json',
    'x-ms-date': new Date().toUTCString(),
    'x-ms-version': '2024-11-04',
  };
  const request = { method, path, query: new URLSearchParams(), headers };
  const key = place.azurite.keys(place.account).key1;
  const authorization = sharedKeyAuthorization({
    service: 'table',
    account: place.account,
    key,
    request,
  });
  return fetch(`${place.azurite.tableUrl}${path}`, {
    method,
    headers: { ...headers, authorization },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** Makes a table behind the front, as no client here does. */
export async function createTable(place: TablePlace, name: string): Promise<void> {
  expect((await askTables(place, 'POST', { TableName: name })).status).toBe(201);
}

/** The tables that an account has. */
export async function tableNames(place: TablePlace): Promise<readonly string[]> {
  const body = (await (await askTables(place, 'GET')).json()) as { value: { TableName: string }[] };
  return body.value.map(({ TableName }) => TableName);
}
