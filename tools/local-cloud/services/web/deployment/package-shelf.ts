import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunnableSite } from '../site-runtime.ts';

/** Where the one package that a site runs is kept; on Azure a blob that every deployment replaces. */
export interface PackageShelf {
  /** Null where nothing was deployed yet. */
  read(site: RunnableSite): Promise<Uint8Array | null>;
  write(site: RunnableSite, zip: Uint8Array): Promise<void>;
}

/** A shelf in a folder, for a cloud whose storage is not asked. */
export function createFolderShelf(folder: string): PackageShelf {
  const fileOf = (site: RunnableSite): string =>
    join(folder, site.name.toLowerCase(), 'released-package.zip');
  return {
    read: (site) => readFile(fileOf(site)).catch(() => null),
    write: async (site, zip) => {
      await mkdir(dirname(fileOf(site)), { recursive: true });
      await writeFile(`${fileOf(site)}.part`, zip);
      await rename(`${fileOf(site)}.part`, fileOf(site));
    },
  };
}
