import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { recordsFolder, removeHalfWritten, stacksIn } from './records-folder.ts';

it('finds records that are files, and only those', () => {
  expect(recordsFolder('', '/srv/infra')).toBe('/srv/infra/.pulumi');
  expect(recordsFolder(pathToFileURL('/records').href, '/srv')).toBe('/records/.pulumi');
  expect(recordsFolder('azblob://state', '/srv')).toBeNull();
});

it('removes what was half-written of one stack, and nothing of another', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'records-'));
  await removeHalfWritten(folder, 'pr-3');
  await mkdir(stacksIn(folder), { recursive: true });
  const kept = ['pr-3.json', 'pr-3.json.bak', 'pr-30.json.18eb8ded94731e65.tmp'];
  const halfWritten = ['pr-3.json.18eb8ded94731e65.tmp', 'pr-3.json.bak.18eb8df987d9db2c.tmp'];
  for (const name of [...kept, ...halfWritten]) await writeFile(join(stacksIn(folder), name), '{}');
  await removeHalfWritten(folder, 'pr-3');
  expect((await readdir(stacksIn(folder))).sort()).toEqual(kept.sort());
  await rm(folder, { recursive: true });
});
