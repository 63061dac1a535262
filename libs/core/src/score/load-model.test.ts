import { describe, expect, it } from 'vitest';
import type { ModelManifest } from '../domain/model-manifest.ts';
import { buildFeatureMatrix } from './feature-matrix.ts';
import { loadModel } from './load-model.ts';
import { batchRows } from './run-in-batches.ts';
import { enrichedListing } from './test/enriched-listing.ts';
import {
  sha256,
  tinyBundle,
  tinyFeatures,
  tinyModel,
  tinyProbability,
} from './test/tiny-bundle.ts';
import type { TinyModel } from './test/tiny-onnx-model.ts';

const where = 'models/tiny/1';
const load = (args: Parameters<typeof tinyBundle>[0]) =>
  loadModel({ bundle: tinyBundle(args), where });
const broken = (more: Partial<TinyModel>) => load({ model: { ...tinyModel, ...more } });

describe('loadModel', () => {
  it('scores as the model was made to', async () => {
    const model = await load({});
    const rows = [enrichedListing('1'), enrichedListing('2', { intRate: 24.5, dti: null })];
    const { values } = buildFeatureMatrix({ rows, featureSet: tinyFeatures, asOf: '2010-12-15' });
    const scores = await model.score(values);
    expect(scores).toHaveLength(2);
    expect(scores[0]).toBeCloseTo(tinyProbability([12.5, 20.25, 189, 1, 1, -0.5, 9.5]), 6);
    expect(scores[1]).toBeCloseTo(tinyProbability([24.5, 17.5, 189, 1, 1, -0.5, 9.5]), 6);
    expect(model.manifest.version).toBe('2010-12-01-0123456789ab');
    await model.close();
  });

  it('scores each row alike, whichever batch it is in', async () => {
    const model = await load({});
    const rowCount = 2 * batchRows + 17;
    const width = tinyFeatures.features.length;
    const values = new Float32Array(rowCount * width);
    for (let row = 0; row < rowCount; row += 1) values[row * width] = row / 1000;
    const scores = await model.score(values);
    for (const row of [0, batchRows - 1, batchRows, 2 * batchRows, rowCount - 1]) {
      const [alone] = await model.score(values.subarray(row * width, (row + 1) * width));
      expect(scores[row]).toBe(alone);
      expect(alone).toBeCloseTo(tinyProbability([row / 1000]), 5);
    }
    expect(await model.score(new Float32Array(0))).toHaveLength(0);
    await expect(model.score(new Float32Array(width + 1))).rejects.toMatchObject({
      code: 'MODEL_CONTRACT',
    });
    await model.close();
  });

  it('refuses bytes that are not the manifest’s', async () => {
    const bundle = tinyBundle({});
    for (const spoil of [
      (bytes: Uint8Array) => bytes.slice(0, -1),
      (bytes: Uint8Array) => bytes.with(40, (bytes[40] ?? 0) ^ 1),
      () => new Uint8Array(0),
    ]) {
      const modelBytes = spoil(bundle.modelBytes);
      await expect(loadModel({ bundle: { ...bundle, modelBytes }, where })).rejects.toMatchObject({
        code: 'MODEL_CORRUPT',
        message: expect.stringContaining('models/tiny/1 is damaged: model.onnx has') as string,
      });
    }
  });

  it.each([
    ['another input name', { inputName: 'x' }, 'it must have one input "features", but has x'],
    [
      'a second input',
      { extraInputName: 'more' },
      'it must have one input "features", but has features, more',
    ],
    [
      'another number of features',
      { weights: [1, 2] },
      'input "features" must have the shape [any, 7], but has [rows, 2]',
    ],
    ['a fixed number of rows', { rows: 1 }, 'input "features" must have the shape [any, 7]'],
    [
      'doubles',
      { elementType: 'float64' },
      'input "features" must be a float32 tensor, but is float64',
    ],
    [
      'another output name',
      { outputName: 'y' },
      'it must have an output "probabilities", but has y',
    ],
    [
      'an output of another width',
      { isOutputDoubled: true },
      'output "probabilities" must have the shape [any, 2], but has [rows, 4]',
    ],
  ] as const)('refuses a model with %s', async (_name, more, problem) => {
    await expect(broken(more)).rejects.toMatchObject({
      code: 'MODEL_CONTRACT',
      message: expect.stringContaining(problem) as string,
    });
  });

  it('takes dimensions without a name for open ones', async () => {
    const model = await broken({ rows: '', declaresOutputShape: false });
    expect(await model.score(new Float32Array(7))).toHaveLength(1);
    await model.close();
  });

  it('refuses results that are no probabilities', async () => {
    for (const more of [{ isSquashed: false, bias: 3 }, { bias: Number.NaN }]) {
      const model = await broken(more);
      await expect(model.score(new Float32Array(7))).rejects.toMatchObject({
        code: 'MODEL_CONTRACT',
        message: expect.stringContaining('row 1 got') as string,
      });
      await model.close();
    }
  });

  it('refuses a file that is no model, though its manifest names it', async () => {
    const { manifestText } = tinyBundle({});
    const modelBytes = new TextEncoder().encode('not a model');
    const manifest = JSON.parse(manifestText) as ModelManifest;
    const model = { ...manifest.model, sha256: sha256(modelBytes) };
    const named = JSON.stringify({ ...manifest, model });
    await expect(
      loadModel({ bundle: { manifestText: named, modelBytes }, where }),
    ).rejects.toMatchObject({
      code: 'MODEL_CONTRACT',
      message: expect.stringContaining('onnxruntime cannot load it') as string,
    });
  });

  it('refuses a manifest that is none, and one with a median nobody computed', async () => {
    const bundle = tinyBundle({});
    for (const manifestText of ['{', '{}']) {
      await expect(loadModel({ bundle: { ...bundle, manifestText }, where })).rejects.toMatchObject(
        {
          code: 'MODEL_CONTRACT',
        },
      );
    }
    const change = (manifest: ModelManifest) => ({
      ...manifest,
      features: {
        ...manifest.features,
        features: manifest.features.features.map((feature) =>
          feature.name === 'dti' ? { ...feature, missing: { fill: 'median' } } : feature,
        ),
      },
    });
    await expect(load({ change })).rejects.toThrow(
      'feature "dti" must be filled with a number, not with a median',
    );
  });
});
