import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseModelManifest, type ModelManifest } from '@mispriced/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainDemoModel } from '../src/demo-model.ts';
import { demoModelFolder } from '../src/paths.ts';
import { pythonForTests } from '../test-support/index.ts';
import { patiently } from './patiently.ts';

const python = await pythonForTests();
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
