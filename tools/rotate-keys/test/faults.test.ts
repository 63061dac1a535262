import { provesAll } from '@mispriced/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findSecrets } from './support/find-secrets.ts';
import type { Fault } from '@mispriced/local-cloud';
import { type KeyStack, openRunningKeyStack } from './support/key-stack.ts';
import { proveFault } from './support/prove-fault.ts';

let stack: KeyStack;

beforeAll(async () => {
  stack = await openRunningKeyStack();
});
afterAll(() => stack.close());

const regenerate = {
  service: 'resource-manager',
  method: 'POST',
  path: '/regenerateKey$',
} as const;
const write = { service: 'key-vault', method: 'PUT', path: '/secrets/storage' } as const;
const refresh = {
  service: 'resource-manager',
  method: 'POST',
  path: '/appsettings/refresh$',
} as const;
const app = { service: 'site', path: '/api/status$' } as const;

const cases: readonly (readonly [string, Fault, string])[] = [
  [
    'Azure is busy for a moment',
    { ...regenerate, kind: 'status', status: 429, retryAfterSeconds: 0, skip: 0, count: 2 },
    'rotated',
  ],
  [
    'the answer to the first new key is lost',
    { ...regenerate, kind: 'lost', skip: 0, count: 1 },
    'rotated',
  ],
  [
    'the answer to the last new key is lost, each time',
    { ...regenerate, kind: 'lost', skip: 1, count: 4 },
    'rotated',
  ],
  [
    'nobody may regenerate',
    { ...regenerate, kind: 'status', status: 403, skip: 0, count: 1 },
    'as before',
  ],
  [
    'the last key cannot be regenerated',
    { ...regenerate, kind: 'status', status: 500, skip: 1, count: 4 },
    'as before',
  ],
  ['Key Vault refuses', { ...write, kind: 'status', status: 403, skip: 0, count: 1 }, 'as before'],
  ['the answer of Key Vault is lost', { ...write, kind: 'lost', skip: 0, count: 1 }, 'rotated'],
  [
    'the app cannot be told',
    { ...refresh, kind: 'status', status: 403, skip: 0, count: 1 },
    'as before',
  ],
  [
    'a reference does not resolve at first',
    { service: 'references', kind: 'status', status: 500, skip: 0, count: 1 },
    'rotated',
  ],
];

/** One that ends in new keys, one that is refused, and one that is taken back. */
const chosen = cases.filter(([what]) =>
  [
    'the answer to the first new key is lost',
    'nobody may regenerate',
    'Key Vault refuses',
  ].includes(what),
);

it.each(provesAll ? cases : chosen)(
  '%s: all rotated, or all as before',
  async (_, fault, ended) => {
    expect(await proveFault(stack, [fault])).toMatchObject({ ended });
  },
);

it('the app is not well after the switch: it gets its old key back', async () => {
  const settings = await stack.settings();
  let written = 0;
  let isFailing = false;
  // Time flies where nothing but a time-out can be waited for, and nowhere else.
  let skippedMilliseconds = 0;
  const error: unknown = await stack
    .rotate(
      {},
      {
        now: () => new Date(Date.now() + skippedMilliseconds),
        sleep: async () => {
          if (isFailing) skippedMilliseconds += 5_000;
          await new Promise((done) => setTimeout(done, 100));
        },
        // What it depends on fails from the moment at which it gets the new key, however often it is
        // told to fetch, until the old one is written back.
        onEffect: (name, moment) => {
          if (name.startsWith('refresh') && moment === 'after' && written === 1) {
            isFailing = true;
            stack.cloud.setFaults([{ ...app, kind: 'status', status: 503, skip: 0, count: 1000 }]);
          }
          if (name.startsWith('write the secret') && moment === 'after') written += 1;
          if (written === 2) {
            isFailing = false;
            stack.cloud.setFaults([]);
          }
          return Promise.resolve();
        },
      },
    )
    .catch((thrown: unknown) => thrown);
  stack.cloud.setFaults([]);
  expect(error).toMatchObject({ code: 'ROTATION_UNDONE' });
  expect(await stack.settings()).toEqual(settings);
  await stack.untilWell();
});

it('no line, result, journal or blob ever held a key', async () => {
  expect(await findSecrets(stack)).toEqual([]);
});
