import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type StoredPackage, writePackage } from '@mispriced/deploy';
import { strToU8, unzipSync, zipSync } from 'fflate';
import type { PackageFile } from './strategy-package.ts';

/** What a package's manifest says, as far as an alteration may change it. */
interface Manifest {
  functions: { name: string; trigger: string; methods?: string[]; authLevel?: string }[];
  files: Record<string, { bytes: number; sha256: string }>;
}

const manifestPath = 'package-manifest.json';
const entryPath = 'package.json';
/** Speed counts here, not size. */
const level = 1;

/** What is different in an altered package. */
export interface Alteration {
  /** Code that runs before the app's own, such as one line more. */
  readonly code?: string;
  /** Files to put in or to change: their new texts. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Files to leave out, by how their paths begin. */
  readonly without?: string;
  /** A function that the manifest promises and the app does not have. */
  readonly promised?: string;
}

/**
 * Makes another package of one that was built: the same app with a change, its manifest in order. It
 * stands for what a working tree with that change would give, without the time to build it.
 */
export async function alterPackage(args: {
  built: StoredPackage;
  folder: string;
  name: string;
  change: Alteration;
}): Promise<PackageFile> {
  const { built, change } = args;
  const { without } = change;
  const files = unzipSync(built.bytes, {
    filter: ({ name }) => without === undefined || !name.startsWith(without),
  });
  if (change.code !== undefined) {
    const { main } = JSON.parse(textOf(files, entryPath)) as { main: string };
    files['altered.mjs'] = strToU8(`${change.code}\n`);
    files[main] = strToU8(
      `import './${'../'.repeat(main.split('/').length - 1)}altered.mjs';\n${textOf(files, main)}`,
    );
  }
  for (const [path, text] of Object.entries(change.texts ?? {})) files[path] = strToU8(text);
  const manifest = JSON.parse(textOf(files, manifestPath)) as Manifest;
  const others = Object.entries(files).filter(([path]) => path !== manifestPath);
  manifest.files = Object.fromEntries(
    others.map(([path, bytes]) => [path, { bytes: bytes.length, sha256: sha256Of(bytes) }]),
  );
  if (change.promised !== undefined) {
    manifest.functions.push({
      name: change.promised,
      trigger: 'http',
      methods: ['GET'],
      authLevel: 'function',
    });
  }
  files[manifestPath] = strToU8(`${JSON.stringify(manifest, null, 2)}\n`);
  const bytes = zipSync(files, { level });
  const stored = { bytes, sha256: sha256Of(bytes), sources: built.sources };
  const file = join(args.folder, `${args.name}.zip`);
  await writePackage(stored, file);
  return { ...stored, file };
}

function textOf(files: Readonly<Record<string, Uint8Array>>, path: string): string {
  return new TextDecoder().decode(files[path]);
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
