import {
  createModelRegistry,
  createOwnDataStore,
  loadModel,
  type ObjectStore,
} from '@mispriced/core';
import { readModelFolder } from '@mispriced/strategy';
import type { PreviewInputs } from './preview-inputs.ts';

/** Where `config/preview.yaml` has the listing. */
const listingPath = 'replay/listing.json';
const stage = 'preview';

/**
 * Puts a preview's inputs into its stores: what the commit brings replaces what an earlier push left
 * there. Needs Storage Blob Data Contributor on the account.
 *
 * @throws MispricedError where the model fails its checks or a store cannot be written.
 */
export async function publishInputs(args: {
  objects: ObjectStore;
  inputs: PreviewInputs;
  modelFolder: string;
  now: () => Date;
  report: (line: string) => void;
}): Promise<void> {
  const { objects, inputs, modelFolder, now, report } = args;
  const registry = createModelRegistry({ objects, now });
  const bundle = await readModelFolder(modelFolder);
  await (await loadModel({ bundle, where: modelFolder })).close();
  const { name, version } = await registry.publish(bundle);
  if ((await registry.live(name, stage))?.value.version !== version) {
    await registry.promote({ name, version, stage });
    report(`the model ${name} ${version} is live`);
  }
  const ownData = createOwnDataStore({ objects, now });
  for (const [set, { bytes, format }] of inputs.ownData) {
    await ownData.publish({ set, bytes, format });
  }
  await objects.write('data', listingPath, inputs.listing, 'any');
  report(`the listing and ${inputs.ownData.size} sets of own data are in place`);
}
