import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything that was written below a folder, as one text. */
export async function writtenText(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}
