import {
  describeFiles,
  hash,
  manifestBytes,
  manifestPath,
  parseManifest,
} from './package-manifest.ts';
import type { StoredPackage } from './write-package.ts';
import { unzipFiles, zipFiles } from './zip.ts';

/**
 * A package with some of its files replaced and its manifest brought up to date, as if it had been
 * built so: for tests of versions that differ, without a build for each.
 */
export function repack(
  built: StoredPackage,
  change: (texts: {
    readonly read: (path: string) => string;
    readonly write: (path: string, text: string) => void;
  }) => void,
): StoredPackage {
  const files = unzipFiles(built.bytes);
  const manifest = parseManifest(files.get(manifestPath) ?? new Uint8Array());
  files.delete(manifestPath);
  change({
    read: (path) => new TextDecoder().decode(files.get(path)),
    write: (path, text) => files.set(path, new TextEncoder().encode(text)),
  });
  files.set(manifestPath, manifestBytes({ ...manifest, files: describeFiles(files) }));
  const bytes = zipFiles(files);
  return { ...built, bytes, sha256: hash(bytes) };
}
