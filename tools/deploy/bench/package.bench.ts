/** Sizes and cold starts of the package beside the usual way, as ratios. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { unpack } from '../src/check/unpack.ts';
import { withTemporaryFolder } from '../src/check/with-temporary-folder.ts';
import { buildPackage } from '../src/package/build-package.ts';
import { entryPoint } from '../src/package/bundle-app.ts';
import { findFunctions } from '../src/package/find-functions.ts';
import { readAppManifest } from '../src/package/app-manifest.ts';
import { appFolder, workspaceFolder } from '../src/package/workspace.ts';
import { unzipFiles } from '../src/package/zip.ts';
import { installPlainly, zippedSize } from './plain-package.ts';

const script = fileURLToPath(new URL('first-score.ts', import.meta.url));
const model = join(workspaceFolder, 'tools/train/demo-model/model.onnx');
const rounds = 7;

async function coldStart(app: string, entryPoints: readonly string[]): Promise<number> {
  const settings = { MISPRICED__STAGE: 'dev', MISPRICED__STORAGE__KIND: 'file', TZ: 'UTC' };
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    await promisify(execFile)(process.execPath, [script, app, entryPoints.join(), model], {
      cwd: app,
      env: settings,
    });
    times.push(performance.now() - begin);
  }
  // The first round reads everything from disk and warms the machine's cache.
  const warm = times.slice(1).toSorted((left, right) => left - right);
  return warm[Math.floor(warm.length / 2)] ?? Number.NaN;
}

await withTemporaryFolder(async (folder) => {
  const { bytes } = await buildPackage();
  const packed = join(folder, 'packed');
  await unpack(unzipFiles(bytes), packed);
  const plain = await installPlainly(join(folder, 'plain'));
  const { main } = await readAppManifest(workspaceFolder, appFolder);
  const functions = await findFunctions({ workspace: workspaceFolder, app: appFolder, main });
  const sources = functions.map(({ file }) => file);
  const plainBytes = await zippedSize(plain);
  const packedStart = await coldStart(packed, [entryPoint]);
  const plainStart = await coldStart(join(plain, appFolder), sources);
  const megabytes = (size: number): string => `${(size / 1_000_000).toFixed(1)} MB`;
  console.log(
    [
      `zipped size           packed ${megabytes(bytes.length)}, npm ci --omit=dev ${megabytes(plainBytes)}: ratio ${(bytes.length / plainBytes).toFixed(3)}`,
      `start to first score  packed ${packedStart.toFixed(0)} ms, unpacked sources ${plainStart.toFixed(0)} ms: ratio ${(packedStart / plainStart).toFixed(3)} (median of ${rounds - 1})`,
    ].join('\n'),
  );
});
