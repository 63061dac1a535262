import { createModelRegistry, createOwnDataStore, type ObjectStore } from '@mispriced/core';
import {
  type GeneratedMarket,
  stateUnemploymentToCsv,
  zip3IncomeToCsv,
} from '@mispriced/market/lendingclub/generator';
import { readModelFolder } from '@mispriced/strategy';
import { demoModelFolder } from '@mispriced/train';

/** The demo model's name: the registry keeps it under this. */
export const demoModelName = 'lendingclub';

/**
 * Publishes the demo model and makes it live in a stage where none is: a model that somebody promoted
 * stays.
 *
 * @returns Whether it was made live.
 */
export async function placeDemoModel(objects: ObjectStore, stage: string): Promise<boolean> {
  const registry = createModelRegistry({ objects, now: () => new Date() });
  const { name, version } = await registry.publish(await readModelFolder(demoModelFolder));
  if ((await registry.live(name, stage)) !== null) return false;
  await registry.promote({ name, version, stage });
  return true;
}

/** Publishes the simulated country's own data, as a user would publish theirs. */
export async function placeGeneratedOwnData(
  objects: ObjectStore,
  generated: GeneratedMarket,
): Promise<void> {
  const store = createOwnDataStore({ objects, now: () => new Date() });
  const files = {
    'state-unemployment': stateUnemploymentToCsv(generated.stateUnemployment),
    'zip3-income': zip3IncomeToCsv(generated.zip3Income),
  };
  for (const [set, text] of Object.entries(files)) {
    await store.publish({ set, bytes: new TextEncoder().encode(text), format: 'csv' });
  }
}
