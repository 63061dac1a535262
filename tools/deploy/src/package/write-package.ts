import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { BuiltPackage } from './build-package.ts';
import { hash } from './package-manifest.ts';
import { packageRefused } from './package-error.ts';

const sidecarSchema = z.object({ sha256: z.string(), sources: z.array(z.string()) });

/** A package as it lies on disk. */
export type StoredPackage = Pick<BuiltPackage, 'bytes' | 'sha256' | 'sources'>;

/** Where the list of sources is kept: `strategy.zip` has `strategy.json`. */
function sidecarPath(file: string): string {
  return `${file.replace(/\.zip$/, '')}.json`;
}

/**
 * Writes a package and beside it what it was made of, which is not part of it. Each file appears
 * whole or not at all.
 */
export async function writePackage(built: StoredPackage, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const { sha256, sources } = built;
  const sidecar = `${JSON.stringify({ sha256, sources }, null, 2)}\n`;
  // It can be built again: nothing here has to survive a loss of power.
  await writeFileAtomic(sidecarPath(file), sidecar, { fsync: false });
  await writeFileAtomic(file, Buffer.from(built.bytes), { fsync: false });
}

/**
 * Reads a package from disk. One that came without its list of sources has none; it is then scanned
 * for secrets by what it holds alone.
 *
 * @throws MispricedError `PACKAGE_REFUSED` where there is no such file.
 */
export async function readPackage(file: string): Promise<StoredPackage> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw packageRefused(`${file} cannot be read.`, 'Build it: `npx mispriced package`.', error);
  }
  const sha256 = hash(bytes);
  const text = await readFile(sidecarPath(file), 'utf8').catch(() => '{}');
  const sidecar = sidecarSchema.safeParse(JSON.parse(text));
  const sources = sidecar.success && sidecar.data.sha256 === sha256 ? sidecar.data.sources : [];
  return { bytes, sha256, sources };
}
