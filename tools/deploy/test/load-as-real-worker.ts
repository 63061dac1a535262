import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unpack } from '../src/check/unpack.ts';
import { withTemporaryFolder } from '../src/check/with-temporary-folder.ts';
import type { PackageFiles } from '../src/package/package-files.ts';

/** As azure-functions-nodejs-worker does it in setupCoreModule.ts: `require` itself is replaced. */
const worker = `
import Module from 'node:module';
const registered = [];
const core = {
  version: '3.0.0',
  hostVersion: '4.0.0',
  log: () => undefined,
  registerHook: () => ({ dispose: () => undefined }),
  registerFunction: ({ name }) => { registered.push(name); return { dispose: () => undefined }; },
  setProgrammingModel: () => undefined,
  getProgrammingModel: () => undefined,
  Disposable: class { dispose() {} },
};
const real = Module.prototype.require;
Module.prototype.require = function (name) {
  return name === '@azure/functions-core' ? core : real.apply(this, arguments);
};
const { readFile } = await import('node:fs/promises');
const { main } = JSON.parse(await readFile(process.argv[2] + '/package.json', 'utf8'));
await import(process.argv[2] + '/' + main);
process.stdout.write(JSON.stringify(registered.sort()));
process.exit(0);
`;

const flags = ['--allow-addons', '--allow-worker'];

/**
 * The functions a package registers with a worker that hooks `require` and nothing else, in a process
 * that may read the unpacked package alone.
 *
 * @param node The program of Node that runs it; the one that runs this by default.
 */
export async function loadAsRealWorker(
  files: PackageFiles,
  settings: Readonly<Record<string, string>>,
  node: string = process.execPath,
): Promise<unknown> {
  return withTemporaryFolder(async (folder) => {
    const app = join(folder, 'app');
    await unpack(files, app);
    await writeFile(join(folder, 'worker.mjs'), worker);
    const { stdout } = await promisify(execFile)(
      node,
      // Node itself refuses every file outside this folder: no repository can be read.
      ['--permission', `--allow-fs-read=${folder}/*`, ...flags, join(folder, 'worker.mjs'), app],
      { cwd: app, env: { ...settings, MISPRICED__STORAGE__PATH: folder } },
    );
    return JSON.parse(stdout) as unknown;
  });
}
