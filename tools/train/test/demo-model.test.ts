import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseFeatureSet, parseModelManifest, type ModelManifest } from '@mispriced/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { trainDemoModel } from '../src/demo-model.ts';
import { defaultFeaturesPath, demoModelFolder } from '../src/paths.ts';
import { pythonForTests } from '../test-support/index.ts';
import { patiently } from './patiently.ts';

const python = await pythonForTests();
const files = ['model.onnx', 'manifest.json', 'parity.csv'] as const;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-model-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function manifestIn(bundle: string): Promise<ModelManifest> {
  const path = join(bundle, 'manifest.json');
  return parseModelManifest(JSON.parse(await readFile(path, 'utf8')), path);
}

/** Without what may differ between two machines that train the same model. */
function comparable({ training, ...manifest }: ModelManifest): object {
  const { packages, ...rest } = training;
  return { ...manifest, training: { ...rest, packages: { ...packages, python: '' } } };
}

describe('the demo model', patiently, () => {
  it('is small, and what its manifest says it is', async () => {
    const manifest = await manifestIn(demoModelFolder);
    const sizes = files.map(async (file) => (await stat(join(demoModelFolder, file))).size);
    expect((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)).toBeLessThan(1_000_000);
    for (const { file, sha256 } of [manifest.model, manifest.parity]) {
      const bytes = await readFile(join(demoModelFolder, file));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    expect(manifest.version).toBe(`2010-01-01-${manifest.model.sha256.slice(0, 12)}`);
    expect(manifest.parity.rows).toBeGreaterThanOrEqual(1_000);
    expect(manifest.metrics.q.rocAuc).toBeGreaterThan(manifest.metrics.r.rocAuc ?? 1);
  });

  it('holds the declaration it was trained with, every median resolved', async () => {
    const { features } = await manifestIn(demoModelFolder);
    const declared = parseFeatureSet(
      parse(await readFile(defaultFeaturesPath, 'utf8')),
      defaultFeaturesPath,
    );
    const medians = declared.features.flatMap((feature, index) => {
      const isMedian = typeof feature.missing === 'object' && feature.missing.fill === 'median';
      return isMedian ? [index] : [];
    });
    expect(medians.length).toBeGreaterThan(0);
    for (const index of medians) {
      const resolved = features.features[index]?.missing;
      expect(resolved).toEqual({ fill: expect.any(Number) as number });
      Object.assign(declared.features[index] ?? {}, { missing: resolved });
    }
    expect(features).toEqual(declared);
  });

  it.skipIf(python === null)('comes out again from the same command', async () => {
    const outPath = join(folder, 'again');
    await trainDemoModel({ outPath });
    const [again, committed] = [await manifestIn(outPath), await manifestIn(demoModelFolder)];
    if (process.platform === 'linux' && process.arch === 'x64') {
      expect(comparable(again)).toEqual(comparable(committed));
      for (const file of ['model.onnx', 'parity.csv'] as const) {
        const bytes = await readFile(join(outPath, file));
        expect(bytes.equals(await readFile(join(demoModelFolder, file))), file).toBe(true);
      }
      return;
    }
    // Another processor rounds its last bits otherwise: the same data, a model as good.
    expect(again.training.dataSha256).toBe(committed.training.dataSha256);
    expect(again.metrics.q.rocAuc).toBeCloseTo(committed.metrics.q.rocAuc ?? 0, 3);
  });
});
