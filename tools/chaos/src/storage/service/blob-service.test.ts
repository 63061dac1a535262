import { expect, it } from 'vitest';
import { createBlobService } from './blob-service.ts';
import { readCall } from './read-call.ts';
import type { StorageAnswer } from './storage-call.ts';

const service = createBlobService({
  containers: { ledger: null },
  now: () => new Date(0),
  pageLength: 5000,
});

function ask(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): StorageAnswer {
  const url = `https://simulated.blob.core.windows.net/${path}`;
  const sent = { method, url, headers: new Map(Object.entries(headers)), body: Buffer.from(body) };
  return service.serve(readCall(sent));
}

it('takes 50,000 blocks in an append blob, and no more', () => {
  ask('PUT', 'ledger/a', { 'x-ms-blob-type': 'AppendBlob' });
  const append = (): StorageAnswer => ask('PUT', 'ledger/a?comp=appendblock', {}, 'x');
  for (let block = 1; block < 50_000; block += 1) append();
  expect(append().headers['x-ms-blob-committed-block-count']).toBe('50000');
  expect(append()).toMatchObject({ status: 409, code: 'BlockCountExceedsLimit', changed: false });
  expect(service.contentOf('ledger', 'a')).toHaveLength(50_000);
});

it('answers a refusal in XML, with its code, its request and its time', () => {
  const answer = ask('GET', 'ledger/none%20&%3C%3E', { 'x-ms-client-request-id': 'mine' });
  expect(answer.headers).toMatchObject({
    'x-ms-error-code': 'BlobNotFound',
    'x-ms-client-request-id': 'mine',
    'content-type': 'application/xml',
    date: 'Thu, 01 Jan 1970 00:00:00 GMT',
  });
  expect(Buffer.from(answer.body).toString()).toBe(
    `<?xml version="1.0" encoding="utf-8"?><Error><Code>BlobNotFound</Code><Message>The specified blob does not exist.\nRequestId:${String(answer.headers['x-ms-request-id'])}\nTime:1970-01-01T00:00:00.000Z</Message></Error>`,
  );
});

it('answers a refused HEAD without a body', () => {
  const answer = ask('HEAD', 'ledger/none', {});
  expect(answer).toMatchObject({ status: 404, code: 'BlobNotFound' });
  expect(answer.body).toHaveLength(0);
});

it('gives a lease again to whoever asks with the same id, and to nobody else', () => {
  ask('PUT', 'ledger/lease', { 'x-ms-blob-type': 'BlockBlob' });
  const acquire = (id: string): number =>
    ask('PUT', 'ledger/lease?comp=lease', {
      'x-ms-lease-action': 'acquire',
      'x-ms-lease-duration': '15',
      'x-ms-proposed-lease-id': id,
    }).status;
  const one = '11111111-1111-4111-8111-111111111111';
  expect([one, one, one.replaceAll('1', '2')].map(acquire)).toEqual([201, 201, 409]);
  expect(acquire('one')).toBe(400);
});

it('knows a blob by its name, however the address is written', () => {
  ask('PUT', 'ledger/a%2Fb', { 'x-ms-blob-type': 'BlockBlob' }, 'x');
  expect(Buffer.from(ask('GET', 'ledger/a/b', {}).body).toString()).toBe('x');
});
