import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ModelBundleFiles, ObjectStore } from '@mispriced/core';
import { readModelFolder } from '../../../src/index.ts';
import { workspaceRoot } from '../../crash/support/run-once.ts';

/** A bundle's manifest as far as it is spoilt here. */
interface Manifest {
  version: string;
  format: number;
  name: string;
  model: { sha256: string };
  parity: { sha256: string };
  features: { features: object[] };
}

export const modelName = 'lendingclub';

/** The model that comes with the project. */
export function demoModel(): Promise<ModelBundleFiles> {
  return readModelFolder(join(workspaceRoot, 'tools/train/demo-model'));
}

/** The demo model under another version, changed by `spoil`. */
export async function spoilt(
  version: string,
  spoil: (bundle: {
    manifest: Manifest;
    modelBytes: Uint8Array;
    parityText: string;
  }) => Partial<{ modelBytes: Uint8Array; parityText: string }>,
): Promise<ModelBundleFiles> {
  const good = await demoModel();
  const manifest = JSON.parse(good.manifestText) as Manifest;
  manifest.version = version;
  const changed = { ...good, ...spoil({ ...good, manifest }) };
  return { ...changed, manifestText: JSON.stringify(manifest) };
}

/** Puts a bundle into the registry as somebody would who goes past `mispriced model publish`. */
export async function placeModel(objects: ObjectStore, bundle: ModelBundleFiles): Promise<string> {
  const { version } = JSON.parse(bundle.manifestText) as Manifest;
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const files = {
    'model.onnx': bundle.modelBytes,
    'parity.csv': text(bundle.parityText),
    'manifest.json': text(bundle.manifestText),
  };
  for (const [file, bytes] of Object.entries(files)) {
    await objects.write('models', `${modelName}/${version}/${file}`, bytes, 'any');
  }
  return version;
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Every way for a new model to be bad, by what is wrong with it. */
export const brokenModels: readonly (readonly [string, () => Promise<ModelBundleFiles>])[] = [
  [
    'MODEL_CORRUPT: truncated on its way',
    () => spoilt('2010-02-01-truncated', ({ modelBytes }) => half(modelBytes)),
  ],
  [
    'MODEL_CONTRACT: truncated before it was signed',
    () =>
      spoilt('2010-02-02-truncated', ({ manifest, modelBytes }) => {
        const cut = half(modelBytes);
        manifest.model.sha256 = sha256(cut.modelBytes);
        return cut;
      }),
  ],
  [
    'MODEL_CONTRACT: of another contract',
    () =>
      spoilt('2010-02-03-contract', ({ manifest }) => {
        manifest.features.features.pop();
        return {};
      }),
  ],
  [
    'MODEL_CONTRACT: of a format that is not known',
    () =>
      spoilt('2010-02-04-format', ({ manifest }) => {
        manifest.format = 99;
        return {};
      }),
  ],
  [
    'MODEL_PARITY: that does not repeat its parity set',
    () =>
      spoilt('2010-02-05-parity', ({ manifest, parityText }) => {
        const changed = { parityText: withOtherAnswers(parityText) };
        manifest.parity.sha256 = sha256(changed.parityText);
        return changed;
      }),
  ],
];

function half(modelBytes: Uint8Array): { modelBytes: Uint8Array } {
  return { modelBytes: modelBytes.slice(0, modelBytes.length / 2) };
}

/** The last column but one holds what scikit-learn answered. */
function withOtherAnswers(parityText: string): string {
  const [head = '', ...rows] = parityText.trimEnd().split('\n');
  const changed = rows.map((row) => row.replace(/[^,]*,([^,]*)$/, '0.123456789,$1'));
  return `${[head, ...changed].join('\n')}\n`;
}
