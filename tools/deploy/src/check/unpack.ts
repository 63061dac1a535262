import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PackageFiles } from '../package/package-files.ts';

/** Writes a package's files into a folder. Their paths were checked when the package was read. */
export async function unpack(files: PackageFiles, folder: string): Promise<void> {
  for (const [path, bytes] of files) {
    const file = join(folder, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}
