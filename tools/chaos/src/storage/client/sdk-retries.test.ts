import { readFileSync } from 'node:fs';
import { BlobServiceClient } from '@azure/storage-blob';
import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import type { StorageFault } from '../faults/storage-fault.ts';
import { createBlobService } from '../service/blob-service.ts';
import { createHostHttpClient } from './host-http-client.ts';
import { createRequestLog } from './request-log.ts';
import { productRetries, type SdkRetries } from './sdk-retries.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const faults = fc.array(
  fc.constantFrom<StorageFault | null>(
    null,
    { kind: 'busy' },
    { kind: 'internal-error' },
    { kind: 'throttled' },
    { kind: 'conflict' },
    { kind: 'never-arrives' },
    { kind: 'answer-lost' },
    { kind: 'timed-out', tookEffect: true },
    { kind: 'timed-out', tookEffect: false },
  ),
  { minLength: 1, maxLength: 6 },
);

/** What a client sends, what it is told at last and how long it waits between, with these faults. */
async function play(
  drawn: readonly (StorageFault | null)[],
  repeats: 'the SDK' | 'the model',
): Promise<unknown> {
  const waits: number[] = [];
  const wait = (milliseconds: number): void => void waits.push(milliseconds);
  vi.stubGlobal('setTimeout', (wake: () => void, milliseconds: number) => {
    wait(milliseconds);
    queueMicrotask(wake);
  });
  const now = (): Date => new Date(0);
  const log = createRequestLog(now);
  const sleep = (milliseconds: number): Promise<void> => {
    wait(milliseconds);
    return Promise.resolve();
  };
  const once: SdkRetries = { ...productRetries, maxTries: 1 };
  let tries = 0;
  const httpClient = createHostHttpClient({
    network: {
      service: createBlobService({ containers: { models: null }, now, pageLength: 5000 }),
      faults: () => drawn[tries++] ?? null,
      log,
      now,
      sleep,
    },
    host: { name: 'host', sleep, around: (_effect, perform) => perform() },
    retries: repeats === 'the SDK' ? once : productRetries,
  });
  const retryOptions = repeats === 'the SDK' ? productRetries : once;
  const url = 'https://simulated.blob.core.windows.net';
  const service = new BlobServiceClient(url, undefined, { httpClient, retryOptions });
  const blob = service.getContainerClient('models').getBlockBlobClient('m');
  const told = await blob.upload('x', 1, { conditions: { ifNoneMatch: '*' } }).then(
    (answer) => ({ status: answer._response.status }),
    (error: unknown) => {
      const { statusCode, code } = error as { statusCode?: number; code?: string };
      return { status: statusCode, code };
    },
  );
  const sent = log.requests.map(({ fault, status, code }) => [fault, status, code]);
  return { sent, told, waits };
}

it('are those of the SDK itself: as many tries, as long waits, the same end', async () => {
  await fc.assert(
    fc.asyncProperty(faults, async (drawn) => {
      expect(await play(drawn, 'the model')).toEqual(await play(drawn, 'the SDK'));
    }),
    { numRuns: 60 },
  );
});

it('wait for nothing, half a second and one and a half, and give up after four', async () => {
  expect(await play(Array(9).fill({ kind: 'never-arrives' }), 'the model')).toEqual({
    sent: Array(4).fill(['never-arrives', null, 'ECONNRESET']),
    told: { status: undefined, code: 'ECONNRESET' },
    waits: [0, 500, 1500],
  });
});

it('are those that the product sets', () => {
  const file = new URL('../../../../../apps/strategy/src/open-objects.ts', import.meta.url);
  const set = Object.entries(productRetries).map(([name, value]) => `${name}: ${value}`);
  expect(readFileSync(file, 'utf8').replaceAll('_', '')).toContain(`{ ${set.join(', ')} }`);
});
