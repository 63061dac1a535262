import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { createStorageModel, type StorageModel } from './storage-model.ts';

const models = vi.hoisted((): StorageModel[] => []);

/**
 * The contract of object stores, as it is written for a folder and for Azurite, with the model in
 * Azurite's place: the very same files.
 */
vi.mock('@mispriced/testing', () => ({
  startTestAzurite: () => {
    const names = ['packages', 'models', 'data', 'ledger', 'runs', 'control'];
    const model = createStorageModel({
      containers: Object.fromEntries(names.map((name) => [name, null])),
      now: () => new Date(),
      sleep: async (milliseconds) => {
        await wait(milliseconds);
      },
    });
    models.push(model);
    return Promise.resolve({
      service: model.clientFor({ name: 'contract' }),
      connectionString: '',
      stop: () => Promise.resolve(),
    });
  },
}));

const stores = new URL('../../../../libs/core/src/stores/', import.meta.url);
await import(new URL('object-store.test.ts', stores).href);
await import(new URL('stores.test.ts', stores).href);

it('was put to the model', () => {
  expect(models).toHaveLength(2);
  for (const model of models) expect(model.requests.length).toBeGreaterThan(20);
});
