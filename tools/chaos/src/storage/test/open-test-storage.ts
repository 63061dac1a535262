import type { BlobServiceClient } from '@azure/storage-blob';
import { createBlobObjectStore, type ObjectStore } from '@mispriced/core';
import type { StorageHost } from '../client/host-http-client.ts';
import { planFaults, type FaultPlan, type PlannedFault } from '../faults/fault-plan.ts';
import { createStorageModel, type StorageModel } from '../storage-model.ts';

/** A model on a clock that stands still but where somebody waits, and the real store over it. */
export interface TestStorage {
  readonly model: StorageModel;
  readonly client: BlobServiceClient;
  readonly objects: ObjectStore;
  readonly objectsOf: (host: Pick<StorageHost, 'name'> & Partial<StorageHost>) => ObjectStore;
  readonly now: () => Date;
  readonly pass: (milliseconds: number) => void;
}

export const startedAt = new Date('2026-01-05T15:25:03.000Z');

export function openTestStorage(
  args: {
    faults?: readonly PlannedFault[] | FaultPlan;
    pageLength?: number;
    containers?: Parameters<typeof createStorageModel>[0]['containers'];
  } = {},
): TestStorage {
  const { faults = [], containers, ...rest } = args;
  let milliseconds = startedAt.getTime();
  const later: { at: number; wake: () => void }[] = [];
  const pass = (duration: number): void => {
    milliseconds += duration;
    const due = later.filter(({ at }) => at <= milliseconds);
    for (const sleeper of due) {
      later.splice(later.indexOf(sleeper), 1);
      sleeper.wake();
    }
  };
  /** In one place waits are over at once and move the clock; only what arrives late needs the other. */
  const sleepNow = (duration: number): Promise<void> => {
    pass(duration);
    return Promise.resolve();
  };
  const now = (): Date => new Date(milliseconds);
  const model = createStorageModel({
    containers: containers ?? { ledger: null, control: null, models: null },
    now,
    sleep: (duration) =>
      new Promise((wake) => {
        if (duration === 0) wake();
        else later.push({ at: milliseconds + duration, wake });
      }),
    faults: typeof faults === 'function' ? faults : planFaults(faults),
    ...rest,
  });
  const clientOf: StorageModel['clientFor'] = (host) =>
    model.clientFor({ sleep: sleepNow, ...host });
  const objectsOf: TestStorage['objectsOf'] = (host) =>
    createBlobObjectStore({ service: clientOf(host) });
  const client = clientOf({ name: 'host' });
  return { model, client, objects: objectsOf({ name: 'host' }), objectsOf, now, pass };
}

/** The bytes of a text. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The text of what is stored, or null. */
export function text(stored: Uint8Array | null | undefined): string | null {
  return stored === null || stored === undefined ? null : new TextDecoder().decode(stored);
}

/** An error's code, or what was returned instead. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => ({ value }),
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );
}
