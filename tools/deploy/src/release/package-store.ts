import { MispricedError, type ObjectStore } from '@mispriced/core';
import { z } from 'zod';
import { hash, manifestPath } from '../package/package-manifest.ts';
import { unzipOne } from '../package/zip.ts';
import { parseJson } from '../parse-json.ts';

const container = 'packages';

/** Every package that was ever sent, under its SHA-256. */
export interface PackageStore {
  /**
   * Keeps a package, and the note by which the running code learns its package's name. The note has
   * the settings it was sent with, none of them a secret.
   */
  keep(args: {
    zip: Uint8Array;
    sha256: string;
    commit: string | null;
    settings: Readonly<Record<string, string>>;
  }): Promise<void>;
  /** The settings that a package was sent with last; null where that was not noted. */
  settingsOf(zip: Uint8Array): Promise<Readonly<Record<string, string>> | null>;
  /** @throws MispricedError `DATA_MISSING` or `DATA_INVALID` */
  read(sha256: string): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * What code that runs can tell of its package by itself: the SHA-256 of the manifest inside. The
 * package's own name cannot stand in the package, and a setting would say what was meant to run.
 */
export function contentOf(zip: Uint8Array): string {
  return hash(unzipOne(zip, manifestPath) ?? new Uint8Array());
}

const noteSchema = z.object({ settings: z.record(z.string(), z.string()) });

function notePath(zip: Uint8Array): string {
  return `contents/${contentOf(zip)}.json`;
}

/** Keeps packages as `packages/<sha256>.zip`. Needs Storage Blob Data Contributor. */
export function createPackageStore(objects: ObjectStore): PackageStore {
  return {
    keep: async ({ zip, sha256, commit, settings }) => {
      const note = JSON.stringify({ package: sha256, commit, settings });
      if ((await objects.read(container, `${sha256}.zip`)) === null) {
        await objects.write(container, `${sha256}.zip`, zip, 'any');
      }
      await objects.write(container, notePath(zip), new TextEncoder().encode(note), 'any');
    },
    settingsOf: async (zip) => {
      const note = await objects.read(container, notePath(zip));
      if (note === null) return null;
      const text = new TextDecoder().decode(note.bytes);
      return noteSchema.safeParse(parseJson(text)).data?.settings ?? null;
    },
    read: async (sha256) => {
      const stored = await objects.read(container, `${sha256}.zip`);
      const where = objects.locate(container, `${sha256}.zip`);
      if (stored === null) {
        throw new MispricedError({
          code: 'DATA_MISSING',
          message: `The package ${where} is not kept any more.`,
          fix: 'Choose another of `npx mispriced deploy --list`, or check its commit out and deploy that.',
        });
      }
      if (hash(stored.bytes) !== sha256) {
        throw new MispricedError({
          code: 'DATA_INVALID',
          message: `The package ${where} is not what it was: its SHA-256 differs.`,
          fix: 'Check its commit out and deploy that.',
        });
      }
      return new Uint8Array(stored.bytes);
    },
  };
}
