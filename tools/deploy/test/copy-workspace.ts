import { chmod, cp, glob, link, mkdir, mkdtemp, realpath, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundleApp } from '../src/package/bundle-app.ts';
import { findFunctions } from '../src/package/find-functions.ts';
import { readAppManifest } from '../src/package/app-manifest.ts';
import { appFolder as app, workspaceFolder as workspace } from '../src/package/workspace.ts';

const parts = ['apps', 'libs', 'config', 'package.json', 'tsconfig.base.json'];

/** The folders of npm modules that a package is made of. */
export async function neededModules(): Promise<readonly string[]> {
  const { main } = await readAppManifest(workspace, app);
  const functions = await findFunctions({ workspace, app, main });
  const { moduleFolders } = await bundleApp({ workspace, app, functions });
  return [...moduleFolders, 'node_modules/onnxruntime-node', 'node_modules/onnxruntime-common'];
}

/**
 * A clone of what a package is made of, at another path, its files with another mode. Modules are
 * files of its own, as `npm ci` puts them.
 */
export async function copyWorkspace(
  name: string,
  modules: readonly string[],
  mode: number,
): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), `${name}-`)));
  for (const part of parts) {
    await cp(join(workspace, part), join(folder, part), {
      recursive: true,
      filter: (source) =>
        !/[\\/](?:node_modules|dist)$/.test(source) && !source.endsWith('local.yaml'),
    });
  }
  await chmod(join(folder, 'config/defaults.yaml'), mode);
  await chmod(join(folder, app, 'host.json'), mode);
  for (const module of modules) await copyModule(folder, module);
  await mkdir(join(folder, 'node_modules/@mispriced'));
  for (const lib of ['config', 'core']) {
    await symlink(join(folder, 'libs', lib), join(folder, 'node_modules/@mispriced', lib));
  }
  return folder;
}

async function copyModule(folder: string, module: string): Promise<void> {
  const files = glob('**/*', {
    cwd: join(workspace, module),
    withFileTypes: true,
    exclude: (entry) =>
      entry.name === 'node_modules' || /^(?:darwin|win32|arm64)$/.test(entry.name),
  });
  for await (const entry of files) {
    if (!entry.isFile() || /\.(?:d\.[mc]?ts|map|md)$/.test(entry.name)) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(folder, source.slice(workspace.length));
    await mkdir(dirname(target), { recursive: true });
    await link(source, target).catch(() => cp(source, target));
  }
}
