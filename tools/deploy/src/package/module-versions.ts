import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({ name: z.string(), version: z.string() });

/**
 * The npm modules of a package and their versions, from the folders that were bundled and from those
 * that were put beside the bundle. One that is there in two versions is listed with both.
 */
export async function moduleVersions(args: {
  workspace: string;
  folders: readonly string[];
  beside: ReadonlyMap<string, Uint8Array>;
}): Promise<Record<string, string>> {
  const texts = [
    ...(await Promise.all(
      args.folders.map((folder) => readFile(join(args.workspace, folder, 'package.json'), 'utf8')),
    )),
    ...[...args.beside]
      .filter(([path]) => /^node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path))
      .map(([, bytes]) => new TextDecoder().decode(bytes)),
  ];
  const versions = new Map<string, Set<string>>();
  for (const text of texts) {
    const parsed = schema.safeParse(JSON.parse(text));
    if (!parsed.success) continue;
    const { name, version } = parsed.data;
    versions.set(name, (versions.get(name) ?? new Set()).add(version));
  }
  return Object.fromEntries(
    [...versions]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, found]) => [name, [...found].sort().join(', ')]),
  );
}
