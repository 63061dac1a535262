import type { PackageFiles } from '../package/package-files.ts';
import { manifestPath } from '../package/package-manifest.ts';
import { unzipOne } from '../package/zip.ts';
import { comparePackages, type Difference } from './compare-packages.ts';
import { effectiveSettings } from './effective-settings.ts';
import type { TargetStores } from './environment.ts';

/**
 * How a package that is to run in an environment differs from the one that does, in an environment's
 * own settings as well. Nothing is said where the running package is not kept any more.
 *
 * @param args.before The SHA-256 of the package that runs; null where none is known.
 */
export async function compareRelease(args: {
  before: string | null;
  zip: Uint8Array;
  stores: TargetStores;
}): Promise<readonly Difference[]> {
  const { before, zip, stores } = args;
  if (before === null) return [];
  const old = await stores.packages.read(before).catch(() => null);
  if (old === null) return [];
  return comparePackages(
    { files: manifestIn(old), settings: await stores.packages.settingsOf(old) },
    { files: manifestIn(zip), settings: effectiveSettings(stores.config) },
  );
}

/** Of a package, the manifest alone: the rest of it is large and tells no more. */
function manifestIn(zip: Uint8Array): PackageFiles {
  return new Map([[manifestPath, unzipOne(zip, manifestPath) ?? new Uint8Array()]]);
}
