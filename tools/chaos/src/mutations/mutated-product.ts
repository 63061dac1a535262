import { cp, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Product } from '../play/product.ts';
import type { Mutation } from './mutations.ts';

const workspace = fileURLToPath(new URL('../../../../', import.meta.url));

/** A copy of the product in a temporary folder, with a fault put in. */
export async function mutatedProduct({ name, file, from, to }: Mutation): Promise<Product> {
  const folder = await mkdtemp(join(tmpdir(), 'mutation-'));
  await cp(join(workspace, 'libs/core/src'), join(folder, 'src'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}\n');
  await symlink(join(workspace, 'node_modules'), join(folder, 'node_modules'));
  const path = join(folder, 'src', file);
  const text = await readFile(path, 'utf8');
  if (text.split(from).length !== 2) throw new Error(`${file} has no one place for: ${name}`);
  await writeFile(
    path,
    text.replace(from, () => to),
  );
  return (await import(
    /* @vite-ignore */ pathToFileURL(join(folder, 'src/index.ts')).href
  )) as Product;
}
