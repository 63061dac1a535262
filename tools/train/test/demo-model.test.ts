import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseFeatureSet, parseModelManifest, type ModelManifest } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { defaultFeaturesPath, demoModelFolder } from '../src/paths.ts';

const files = ['model.onnx', 'manifest.json', 'parity.csv'] as const;
async function manifestIn(bundle: string): Promise<ModelManifest> {
  const path = join(bundle, 'manifest.json');
  return parseModelManifest(JSON.parse(await readFile(path, 'utf8')), path);
}

describe('the demo model', () => {
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
});
