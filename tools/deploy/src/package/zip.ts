import { unzipSync, zipSync, type UnzipOptions, type Zippable } from 'fflate';
import { packageRefused } from './package-error.ts';
import { sortedFiles, type PackageFiles } from './package-files.ts';

/**
 * A zip file keeps local time without a zone: a time made of local parts is the same bytes in every
 * zone. Noon, since midnight does not exist everywhere on every day; 1980 is where zip begins.
 */
const everyFilesTime = new Date(1980, 0, 1, 12, 0, 0);
const unix = 3;
/** A plain file that everybody may read, `-rw-r--r--`, whatever the umask was. */
const everyFilesMode = (0o100_644 << 16) >>> 0;

/**
 * Zips files so that the same files are the same bytes anywhere: sorted, one time, one mode. The
 * compressor is JavaScript, since the one inside Node differs from version to version.
 */
export function zipFiles(files: PackageFiles): Uint8Array {
  const entries: Zippable = Object.fromEntries(
    sortedFiles(files).map(([path, bytes]) => [
      path,
      [bytes, { level: 9, mem: 12, mtime: everyFilesTime, os: unix, attrs: everyFilesMode }],
    ]),
  );
  return zipSync(entries);
}

/**
 * Reads a zip file whole.
 *
 * @throws MispricedError `PACKAGE_REFUSED` where it is none, or names a file outside itself.
 */
export function unzipFiles(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = new Map(Object.entries(unzip(bytes)).filter(([path]) => !path.endsWith('/')));
  const outside = [...files.keys()].filter(
    (path) => path.startsWith('/') || path.includes('\\') || path.split('/').includes('..'),
  );
  if (outside.length === 0) return files;
  throw packageRefused(
    `The package names files outside itself: ${outside.join(', ')}.`,
    'Do not use it: build one with `npx mispriced package`.',
  );
}

/** Reads one file of a zip file and leaves the rest packed; null where it holds none of that path. */
export function unzipOne(bytes: Uint8Array, path: string): Uint8Array | null {
  return unzip(bytes, { filter: ({ name }) => name === path })[path] ?? null;
}

function unzip(bytes: Uint8Array, options: UnzipOptions = {}): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, options);
  } catch (error) {
    throw packageRefused(
      'The package is no zip file, or it is cut off.',
      'Build it again with `npx mispriced package`.',
      error,
    );
  }
}
