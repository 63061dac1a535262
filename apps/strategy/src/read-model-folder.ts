import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MispricedError, type ModelBundleFiles } from '@mispriced/core';

/**
 * Reads a model's bundle from a folder, as training wrote it.
 *
 * @throws MispricedError `MODEL_MISSING` naming every file that is not there.
 */
export async function readModelFolder(folder: string): Promise<ModelBundleFiles> {
  const missing: string[] = [];
  const read = async (name: string): Promise<Uint8Array> => {
    try {
      return await readFile(join(folder, name));
    } catch {
      missing.push(name);
      return new Uint8Array();
    }
  };
  const manifest = await read('manifest.json');
  const modelBytes = await read('model.onnx');
  const parity = await read('parity.csv');
  if (missing.length > 0) {
    throw new MispricedError({
      code: 'MODEL_MISSING',
      message: `The model in ${folder} is not whole: ${missing.join(', ')} cannot be read.`,
      fix: 'Name a folder that `npx mispriced train` wrote, with model.onnx, manifest.json and parity.csv.',
    });
  }
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  return { manifestText: decode(manifest), modelBytes, parityText: decode(parity) };
}
