import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wantsFixtures } from './wants-fixtures.ts';

it('knows a file of tests that asks for the real data, itself or by what it imports', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wants-fixtures-'));
  const files = {
    'asks.test.ts': 'const folder = fixturesFolder();',
    'helper.ts': "export const folder = fixturesFolder() ?? '';",
    'by-import.prove.ts': "import { folder } from './helper.ts';",
    'other.test.ts': "import { it } from 'vitest';\nit.skip('later');",
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const wanting = await Promise.all(
    Object.keys(files).map(
      async (name) => [name, await wantsFixtures(join(folder, name))] as const,
    ),
  );
  expect(Object.fromEntries(wanting)).toEqual({
    'asks.test.ts': true,
    'helper.ts': true,
    'by-import.prove.ts': true,
    'other.test.ts': false,
  });
});
