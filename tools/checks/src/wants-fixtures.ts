import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Whether a test's file, or one beside it that it imports, asks for the folder with the real data. */
export async function wantsFixtures(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8');
  const imports = [...text.matchAll(/from '(\.\.?\/[^']+\.ts)'/g)].map(([, path = '']) =>
    readFile(join(dirname(file), path), 'utf8'),
  );
  return [text, ...(await Promise.all(imports))].some((each) => each.includes('fixturesFolder('));
}
