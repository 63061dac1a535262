import { mkdir, mkdtemp, realpath, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const libraryFolder = resolve(
  dirname(createRequire(import.meta.url).resolve('@azure/functions')),
  '..',
);

/** A fresh folder for one test, outside the repository. */
export async function temporaryFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'functions-host-')));
}

/**
 * Writes a small function app into a fresh folder and gives its path. Unless it is said otherwise,
 * `main` is `main.cjs`, host.json is the least one, and `@azure/functions` is at hand.
 */
export async function writeApp(
  files: Readonly<Record<string, string>>,
  options: { readonly withLibrary?: boolean } = {},
): Promise<string> {
  const folder = await temporaryFolder();
  const defaults = { 'package.json': '{"main":"main.cjs"}', 'host.json': '{"version":"2.0"}' };
  for (const [name, content] of Object.entries({ ...defaults, ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  if (options.withLibrary ?? true) {
    await mkdir(join(folder, 'node_modules/@azure'), { recursive: true });
    await symlink(libraryFolder, join(folder, 'node_modules/@azure/functions'));
  }
  return folder;
}
