import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { containers, type ObjectStore } from '@mispriced/core';
import { z } from 'zod';
import type { StatusDocument } from './status-document.ts';

const noteSchema = z.object({ package: z.string(), commit: z.string().nullable() });

/**
 * Which release this very code is. The package holds a manifest of its files, whose SHA-256 no other
 * package has; the note that the deployment left under it says the package's name and commit. A
 * setting could not tell: it says what was meant to run, and the next `pulumi up` takes it away.
 */
export async function readRelease(args: {
  packageRoot: string;
  objects: Pick<ObjectStore, 'read'>;
}): Promise<StatusDocument['release']> {
  const manifest = await readFile(join(args.packageRoot, 'package-manifest.json')).catch(
    () => null,
  );
  // Run from the repository: nothing was deployed.
  if (manifest === null) return { content: null, package: null, commit: null };
  const content = createHash('sha256').update(manifest).digest('hex');
  try {
    const stored = await args.objects.read(containers.packages, `contents/${content}.json`);
    const note = noteSchema.parse(JSON.parse(new TextDecoder().decode(stored?.bytes)));
    return { content, ...note };
  } catch {
    return { content, package: null, commit: null };
  }
}
