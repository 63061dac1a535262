import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadPackage } from '../check/load-package.ts';
import { readAppManifest } from './app-manifest.ts';
import { bundleApp, entryPoint } from './bundle-app.ts';
import { collectConfig } from './collect-config.ts';
import { collectOnnxruntime } from './collect-onnxruntime.ts';
import { describeFunctions } from './describe-functions.ts';
import { findFunctions } from './find-functions.ts';
import { moduleVersions } from './module-versions.ts';
import { packageRefused } from './package-error.ts';
import {
  describeFiles,
  hash,
  manifestBytes,
  manifestPath,
  type PackageManifest,
} from './package-manifest.ts';
import { appFolder, packagePlatform, workspaceFolder } from './workspace.ts';
import { zipFiles } from './zip.ts';

/** A package ready to be checked and sent. */
export interface BuiltPackage {
  /** The zip file. */
  readonly bytes: Uint8Array;
  /** The SHA-256 of the zip file: the package's name. */
  readonly sha256: string;
  readonly manifest: PackageManifest;
  /** The working tree's own files it was made of, relative to the workspace. */
  readonly sources: readonly string[];
}

/** Versions of Node on Flex Consumption that the bundle runs on. */
export const nodeVersions = ['22', '24'];

/**
 * Packs the app of a working tree as it is sent to Azure. The same sources and the same installed
 * modules give the same bytes, on any machine and on any day. It is loaded once on the way, in a
 * folder of its own, so that the manifest lists what registers.
 *
 * @throws MispricedError `PACKAGE_REFUSED` where it does not build, does not load, or a function is
 * missing.
 */
export async function buildPackage(
  options: { workspace?: string; app?: string } = {},
): Promise<BuiltPackage> {
  const { workspace = workspaceFolder, app = appFolder } = options;
  const appManifest = await readAppManifest(workspace, app);
  const functions = await findFunctions({ workspace, app, main: appManifest.main });
  const bundle = await bundleApp({ workspace, app, functions });
  const onnxruntime = await collectOnnxruntime(workspace);
  const { name, version } = appManifest;
  const config = await collectConfig(workspace);
  const files = new Map<string, Uint8Array>([
    ...bundle.files,
    ...onnxruntime,
    ...config,
    ['host.json', await readHostJson(workspace, app)],
    ['package.json', text({ name, version, private: true, type: 'module', main: entryPoint })],
  ]);
  const loaded = await loadPackage({ files, expected: functions.map((each) => each.name) });
  if (loaded.problems.length > 0) {
    throw packageRefused(
      loaded.problems.map(({ message }) => message).join('\n'),
      loaded.problems.map(({ fix }) => fix).join(' '),
    );
  }
  const manifest: PackageManifest = {
    format: 1,
    app: { name, version },
    target: { ...packagePlatform, nodeVersions },
    functions: [...(await describeFunctions(loaded.functions, files))],
    modules: await moduleVersions({
      workspace,
      folders: bundle.moduleFolders,
      beside: onnxruntime,
    }),
    files: describeFiles(files),
  };
  files.set(manifestPath, manifestBytes(manifest));
  const bytes = zipFiles(files);
  const sources = [...bundle.sources, ...config.keys(), `${app}/host.json`, `${app}/package.json`];
  return { bytes, sha256: hash(bytes), manifest, sources };
}

async function readHostJson(workspace: string, app: string): Promise<Uint8Array> {
  try {
    return await readFile(join(workspace, app, 'host.json'));
  } catch (error) {
    throw packageRefused(
      `${app}/host.json cannot be read.`,
      'Put it back from the repository; the least it must hold is {"version": "2.0"}.',
      error,
    );
  }
}

function text(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}
