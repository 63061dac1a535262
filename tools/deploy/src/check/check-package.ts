import { manifestPath, parseManifest, type PackageManifest } from '../package/package-manifest.ts';
import { unzipFiles } from '../package/zip.ts';
import { checkContents } from './check-contents.ts';
import { checkSize } from './check-size.ts';
import type { KnownSecret } from './known-secret.ts';
import { loadPackage } from './load-package.ts';
import type { CheckProblem } from './problem.ts';
import { scanSecrets } from './scan-secrets.ts';

/** A package that was read and checked. */
export interface CheckedPackage {
  readonly manifest: PackageManifest;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly problems: readonly CheckProblem[];
  readonly notices: readonly string[];
}

/**
 * Checks a packed file as it would be sent, whoever packed it: what it holds is what its manifest
 * says, it loads by itself, its functions are all there, the model library scores, it is not too big
 * and holds no secret.
 *
 * @throws MispricedError `PACKAGE_REFUSED` where it is no package at all.
 */
export async function checkPackage(args: {
  zip: Uint8Array;
  workspace: string;
  sources: readonly string[];
  settings?: Readonly<Record<string, string>>;
  modelFile?: string;
  known?: readonly KnownSecret[];
  environment?: Readonly<Record<string, string | undefined>>;
}): Promise<CheckedPackage> {
  const { zip, settings, modelFile } = args;
  const files = unzipFiles(zip);
  const manifest = parseManifest(files.get(manifestPath) ?? new Uint8Array());
  const loaded = await loadPackage({
    files,
    expected: manifest.functions.map(({ name }) => name),
    ...(settings !== undefined && { settings }),
    ...(modelFile !== undefined && { modelFile }),
  });
  const scanned = await scanSecrets({ ...args, files });
  return {
    manifest,
    files,
    notices: scanned.notices,
    problems: [
      ...checkContents(files, manifest),
      ...loaded.problems,
      ...checkSize(zip),
      ...scanned.problems,
    ],
  };
}
