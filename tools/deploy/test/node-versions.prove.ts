import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { demoModelFolder } from '@mispriced/train';
import { beforeAll, describe, expect, it } from 'vitest';
import { scoreOneRow } from '../src/check/score-one-row.ts';
import { unpack } from '../src/check/unpack.ts';
import { withTemporaryFolder } from '../src/check/with-temporary-folder.ts';
import { type BuiltPackage, buildPackage, nodeVersions } from '../src/package/build-package.ts';
import { unzipFiles } from '../src/package/zip.ts';
import { ensureNode } from './ensure-node.ts';
import { loadAsRealWorker } from './load-as-real-worker.ts';

let built: BuiltPackage;
beforeAll(async () => {
  built = await buildPackage();
}, 600_000);

/** An environment's runtime is the first of them unless its settings say otherwise. */
describe.each(nodeVersions)('under Node %s', { timeout: 600_000 }, (line) => {
  it('the package registers its functions and scores a row', async () => {
    const node = await ensureNode(line);
    const { stdout } = await promisify(execFile)(node, ['--version']);
    expect(stdout).toMatch(new RegExp(`^v${line}\\.`));
    const files = unzipFiles(built.bytes);
    const settings = { MISPRICED__STAGE: 'dev', MISPRICED__STORAGE__KIND: 'file' };
    expect(await loadAsRealWorker(files, settings, node)).toEqual([
      ...['daily-trade', 'refresh-data', 'status'],
    ]);
    await withTemporaryFolder(async (folder) => {
      const appFolder = join(folder, 'app');
      await mkdir(appFolder);
      await unpack(files, appFolder);
      const modelFile = join(demoModelFolder, 'model.onnx');
      expect(await scoreOneRow({ appFolder, modelFile, node })).toEqual([]);
    });
  });
});
