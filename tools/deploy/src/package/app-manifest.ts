import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRefused } from './package-error.ts';

const schema = z.object({ name: z.string(), version: z.string(), main: z.string() });

/** What of the app's package.json matters to its package. */
export type AppManifest = z.infer<typeof schema>;

/** Reads the app's package.json. @throws MispricedError `PACKAGE_REFUSED` */
export async function readAppManifest(workspace: string, app: string): Promise<AppManifest> {
  const file = `${app}/package.json`;
  try {
    return schema.parse(JSON.parse(await readFile(join(workspace, file), 'utf8')));
  } catch (error) {
    throw packageRefused(
      `${file} cannot be read, or has no name, version and main.`,
      'Mend it, or name the folder of a function app.',
      error,
    );
  }
}
