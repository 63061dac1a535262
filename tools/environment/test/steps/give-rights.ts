import { expect } from 'vitest';
import { upEnvironment } from '../../src/index.ts';
import { below } from '../bench/inventory.ts';
import type { TestedEnvironment } from '../bench/tested-environment.ts';

/**
 * Another group becomes the operators, by one update: the one before has no right left, whatever else
 * of the environment is protected.
 */
export async function giveRightsToOthers(
  { args, bench, config }: TestedEnvironment,
  outputs: Record<string, unknown>,
  next: string,
): Promise<void> {
  const former = config['operatorsGroupObjectId'] ?? '';
  const rightsOf = (objectId: string) =>
    below(bench.local, String(outputs['resourceGroupId']))
      .filter(({ text }) => text.includes(objectId))
      .map(({ id }) => id.replace(/[^/]+$/, ''))
      .sort();
  const before = rightsOf(former);
  expect(before.length).toBeGreaterThan(1);
  const { changes } = await upEnvironment({ ...args, config: { operatorsGroupObjectId: next } });
  expect(changes).toMatchObject({ replace: expect.any(Number) as number });
  expect(rightsOf(former)).toEqual([]);
  expect(rightsOf(next)).toEqual(before);
}
