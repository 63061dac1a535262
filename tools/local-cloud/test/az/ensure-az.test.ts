import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { ensureAz } from './ensure-az.ts';

it('makes an environment whole, and once, where the cache is', async () => {
  const cache = await mkdtemp(join(tmpdir(), 'cache-'));
  const environment = { ...process.env, MISPRICED_CACHE: cache };
  const failing = async (folder: string): Promise<void> => {
    await writeFile(join(folder, 'half'), '');
    throw new Error('no network');
  };
  await expect(ensureAz({ environment, make: failing })).rejects.toThrow('no network');
  expect(await readdir(cache)).toEqual([]);

  let made = 0;
  const make = async (folder: string): Promise<void> => {
    made += 1;
    await writeFile(join(folder, 'whole'), '');
  };
  const [python, again] = await Promise.all([
    ensureAz({ environment, make }),
    ensureAz({ environment, make }),
  ]);
  expect(again).toBe(python);
  expect(made).toBe(1);
  expect(await readdir(dirname(dirname(python)))).toEqual(['whole']);
  expect(dirname(dirname(dirname(python)))).toBe(cache);
});
