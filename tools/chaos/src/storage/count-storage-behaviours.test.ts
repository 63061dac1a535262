import { expect, it } from 'vitest';
import { productRetries } from './client/sdk-retries.ts';
import { countStorageBehaviours, storageBehaviours } from './count-storage-behaviours.ts';
import { bytes, codeOf, openTestStorage } from './test/open-test-storage.ts';

it('counts which operation met which fault, and which outlasted the SDK', async () => {
  const { objects, model } = openTestStorage({
    faults: [
      { fault: { kind: 'busy' }, where: { operation: 'put-block-blob' }, times: 5 },
      { fault: { kind: 'answer-cut' }, where: { operation: 'get-blob' } },
    ],
  });
  await codeOf(objects.write('models', 'm', bytes('12'), 'any'));
  await objects.write('models', 'm', bytes('12'), 'any');
  await codeOf(objects.read('models', 'm'));
  const counts = countStorageBehaviours(model.requests);
  expect(Object.fromEntries(counts)).toEqual({
    'put-block-blob meets busy': 5,
    'put-block-blob fails at every try': 1,
    'get-blob meets answer-cut': 1,
  });
  expect(productRetries.maxTries).toBe(4);
});

it('knows every pair that can happen to a run, and no other', () => {
  expect(storageBehaviours).toHaveLength(9 * 10 + 1);
  expect(storageBehaviours).toContain('append-block meets answer-lost');
  expect(storageBehaviours).not.toContain('append-block meets answer-cut');
});
