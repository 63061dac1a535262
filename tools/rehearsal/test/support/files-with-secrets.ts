import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { secretsIn } from '@mispriced/testing';

/** The files below a folder that hold one of some secrets, plain or encoded, and how many were read. */
export async function filesWithSecrets(
  folder: string,
  secrets: ReadonlySet<string>,
): Promise<{ found: readonly string[]; read: number }> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = all.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const found: string[] = [];
  for (const file of files) {
    if (secretsIn(await readFile(file, 'utf8'), secrets).length > 0) found.push(file);
  }
  return { found, read: files.length };
}
