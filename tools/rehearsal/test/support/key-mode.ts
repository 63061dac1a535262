import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { expect } from 'vitest';
import type { Rehearsal, RehearsedStack } from '../../src/index.ts';

/** A rotation that minds neither slots nor the age of keys. */
export const rotateWords = [
  ...['rotate-keys', '--stack', 'local', '--margin-seconds', '0', '--grace-seconds', '0'],
] as const;

/** Both keys of an environment's account as they are now. */
export async function accountKeys(
  rehearsal: Rehearsal,
  stack: RehearsedStack,
): Promise<Readonly<Record<string, string>>> {
  const path = `${stack.outputs['storageAccountId'] ?? ''}/listKeys?api-version=2024-01-01`;
  const { body } = await rehearsal.cloud.request('POST', path);
  const { keys } = body as { keys: readonly { keyName: string; value: string }[] };
  return Object.fromEntries(keys.map(({ keyName, value }) => [keyName, value]));
}

/**
 * Sees that no slot ran twice, none failed, none was left open, and that each that is absent between
 * the first and the last lies inside a recorded restart.
 */
export async function expectHonestSlots(
  stack: RehearsedStack,
  args: {
    seconds: number;
    restarts: readonly { readonly from: string; readonly until: string }[];
  },
): Promise<{ slots: number; absent: number }> {
  const runs = (await stack.runs()).filter(({ finished }) => finished !== null);
  const slots = runs.map(({ started }) => Date.parse(started.slot));
  expect(new Set(slots).size).toBe(slots.length);
  const statuses = new Set(runs.map(({ finished }) => finished?.status));
  expect([...statuses].filter((status) => status !== 'traded' && status !== 'nothing')).toEqual([]);
  const step = args.seconds * 1000;
  const [first, last] = [Math.min(...slots), Math.max(...slots)];
  const ran = new Set(slots);
  const absent: string[] = [];
  const unexplained: string[] = [];
  for (let slot = first; slot <= last; slot += step) {
    if (ran.has(slot)) continue;
    const text = new Date(slot).toISOString();
    absent.push(text);
    const isCovered = args.restarts.some(
      // A run that came while the one before was at work is skipped by the platform.
      ({ from, until }) => slot >= Date.parse(from) - step && slot <= Date.parse(until),
    );
    if (!isCovered) unexplained.push(text);
  }
  expect(unexplained).toEqual([]);
  return { slots: slots.length, absent: absent.length };
}

/** Sees that storage refuses a key. */
export async function expectDead(stack: RehearsedStack, key: string): Promise<void> {
  const name = stack.outputs['storageAccountName'] ?? '';
  const service = new BlobServiceClient(
    stack.outputs['blobEndpoint'] ?? '',
    new StorageSharedKeyCredential(name, key),
    { retryOptions: { maxTries: 1 } },
  );
  await expect(service.listContainers().byPage({ maxPageSize: 1 }).next()).rejects.toMatchObject({
    statusCode: 403,
  });
}
