import { createModelRegistry, createOwnDataStore, type ObjectStore } from '@mispriced/core';
import {
  stateUnemploymentToCsv,
  zip3IncomeToCsv,
  type GeneratedMarket,
} from '@mispriced/local-cloud/market-generator';
import { readModelFolder } from '@mispriced/strategy';
import { demoModelFolder } from '@mispriced/train';

/** The demo model's name: the registry keeps it under this. */
export const demoModelName = 'lendingclub';

/** Publishes the demo model and makes it live in a stage, unless it is already. */
export async function placeDemoModel(objects: ObjectStore, stage: string): Promise<void> {
  const registry = createModelRegistry({ objects, now: () => new Date() });
  const { name, version } = await registry.publish(await readModelFolder(demoModelFolder));
  const live = await registry.live(name, stage);
  if (live?.value.version !== version) await registry.promote({ name, version, stage });
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
