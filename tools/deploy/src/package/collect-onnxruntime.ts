import { glob, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageRefused } from './package-error.ts';
import { packagePlatform } from './workspace.ts';

/**
 * The files of onnxruntime that a machine of the platform loads, out of some 300 MB for all of
 * them: its JavaScript and one folder of native code. They are read, never linked, so that the
 * package holds no symbolic link.
 *
 * @throws MispricedError `PACKAGE_REFUSED` where the platform's native code is not installed.
 */
export async function collectOnnxruntime(workspace: string): Promise<Map<string, Uint8Array>> {
  const { platform, arch } = packagePlatform;
  const fromCore = createRequire(join(workspace, 'libs/core/package.json'));
  const nodeFolder = moduleFolder(fromCore, 'onnxruntime-node');
  const fromRuntime = createRequire(join(nodeFolder, 'package.json'));
  const commonFolder = moduleFolder(fromRuntime, 'onnxruntime-common');
  const native = await read(nodeFolder, `bin/napi-*/${platform}/${arch}/*`);
  if (![...native.keys()].some((path) => path.endsWith('.node'))) {
    throw packageRefused(
      `onnxruntime-node is installed without its native code for ${platform}-${arch}.`,
      'Run `npm ci` again; its package on npm holds the native code of every platform.',
    );
  }
  return new Map([
    ...under('node_modules/onnxruntime-node', native),
    ...under('node_modules/onnxruntime-node', await read(nodeFolder, '{package.json,dist/*.js}')),
    ...under(
      'node_modules/onnxruntime-common',
      await read(commonFolder, '{package.json,dist/cjs/*.js,dist/cjs/package.json}'),
    ),
  ]);
}

function moduleFolder(require: NodeJS.Require, name: string): string {
  // Neither module lets its package.json be asked for by name; its main file lies in dist.
  const main = require.resolve(name).replaceAll('\\', '/');
  const at = main.lastIndexOf(`/node_modules/${name}/`);
  if (at < 0) {
    throw packageRefused(`${name} is not where npm puts it: ${main}.`, 'Run `npm ci` again.');
  }
  return dirname(join(main.slice(0, at), 'node_modules', name, 'package.json'));
}

async function read(folder: string, pattern: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const file of glob(pattern, { cwd: folder })) {
    files.set(file.replaceAll('\\', '/'), await readFile(join(folder, file)));
  }
  return files;
}

function under(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
): readonly (readonly [string, Uint8Array])[] {
  return [...files].map(([file, bytes]) => [`${folder}/${file}`, bytes]);
}
