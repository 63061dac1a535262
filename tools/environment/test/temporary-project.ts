import { copyFile, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const infra = fileURLToPath(new URL('../../../infra', import.meta.url));

/** A folder with the project's own files and no stack, so that state and settings end up in it. */
export async function temporaryProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'project-'));
  for (const name of ['Pulumi.yaml', 'main.mjs'])
    await copyFile(join(infra, name), join(folder, name));
  return folder;
}

/** Everything that was written into a project's folder, state, history and settings, as one text. */
export async function writtenText(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const texts = files.map((entry) =>
    readFile(join(entry.parentPath, entry.name), 'utf8').catch((error: unknown) => {
      // Written under another name first, and renamed since.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw error;
    }),
  );
  return (await Promise.all(texts)).join('\n');
}
