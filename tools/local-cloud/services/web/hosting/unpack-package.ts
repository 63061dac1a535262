import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

/** The files of a package by their paths. */
export type PackageEntries = Readonly<Record<string, Uint8Array>>;

/** @throws Error for what is no zip file, or names a file outside itself. */
export function readEntries(zip: Uint8Array): PackageEntries {
  const entries = Object.entries(unzipSync(zip)).filter(([path]) => !path.endsWith('/'));
  for (const [path] of entries) {
    if (path.split('/').includes('..') || path.startsWith('/')) {
      throw new Error(`The package names a file outside itself: ${path}`);
    }
  }
  return Object.fromEntries(entries);
}

/** Writes a package's files into a folder that then holds nothing else. */
export async function unpackInto(folder: string, entries: PackageEntries): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [path, bytes] of Object.entries(entries)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}
