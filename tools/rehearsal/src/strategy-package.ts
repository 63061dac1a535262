import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage, readPackage, writePackage, type StoredPackage } from '@mispriced/deploy';

/** A package with the file it lies in. */
export interface PackageFile extends StoredPackage {
  readonly file: string;
}

const workspace = fileURLToPath(new URL('../../..', import.meta.url));

/** Whatever a package is made of or made by. */
const ingredients = [
  'apps/strategy/src/**/*',
  'apps/strategy/*.json',
  'libs/*/src/**/*',
  'libs/*/package.json',
  'config/*.yaml',
  'tools/deploy/src/package/*.ts',
  'package-lock.json',
];

let built: Promise<PackageFile> | null = null;

/**
 * The working tree's own package, built once: it is kept under `dist/` and taken from there for as
 * long as nothing that it is made of has changed.
 */
export function strategyPackage(): Promise<PackageFile> {
  return (built ??= findOrBuild());
}

async function findOrBuild(): Promise<PackageFile> {
  const file = join(workspace, 'dist/rehearsal', `${await fingerprint()}.zip`);
  if (!existsSync(file)) await writePackage(await buildPackage(), file);
  return { ...(await readPackage(file)), file };
}

async function fingerprint(): Promise<string> {
  const found = await Array.fromAsync(glob(ingredients, { cwd: workspace }));
  const hash = createHash('sha256');
  for (const path of found.filter((each) => /\.\w+$/.test(each)).sort()) {
    hash.update(path).update(await readFile(join(workspace, path)));
  }
  return hash.digest('hex').slice(0, 16);
}
