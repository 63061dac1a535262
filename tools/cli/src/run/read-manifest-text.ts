import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createModelRegistry, type ObjectStore } from '@mispriced/core';

/**
 * The manifest of the model that a run will use, as text: the one in a folder, or that of the live
 * version in a stage.
 *
 * @throws What the file system or the store throws where there is none.
 */
export async function readManifestText(model: {
  readonly directory?: string | undefined;
  readonly openObjects: () => Promise<ObjectStore>;
  readonly name: string;
  readonly stage: string;
}): Promise<string> {
  const { directory, name, stage } = model;
  if (directory !== undefined) return readFile(join(directory, 'manifest.json'), 'utf8');
  const objects = await model.openObjects();
  const registry = createModelRegistry({ objects, now: () => new Date() });
  const live = await registry.live(name, stage);
  return (await registry.read(name, live?.value.version ?? '')).manifestText;
}
