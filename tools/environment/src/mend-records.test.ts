import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Cloud } from './cloud.ts';
import { mendRecords } from './mend-records.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'records-'));
  await mkdir(join(folder, '.pulumi/stacks/mispriced'), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const cloud: Cloud = {
  environment: {},
  connection: () => Promise.reject(new Error('No cloud is asked.')),
  close: () => Promise.resolve(),
};
const record = (name: string, text: string) =>
  writeFile(join(folder, '.pulumi/stacks/mispriced', `${name}.json`), text);
const lock = async (name: string, text: string) => {
  const place = join(folder, '.pulumi/locks/organization/mispriced', name);
  await mkdir(place, { recursive: true });
  await writeFile(join(place, 'a.json'), text);
};
const content = { pid: 1, username: 'a', hostname: 'b', timestamp: '2026-11-23T12:00:00Z' };
const mend = (backend: string, isStale = true) =>
  mendRecords({
    cloud,
    isStale: () => isStale,
    report: () => undefined,
    environment: { PULUMI_BACKEND_URL: backend },
  });

it('removes torn records of previews, and nothing else', async () => {
  await record('pr-1', '{"version": 3, "deploy');
  await record('pr-2', '{"version": 3}');
  await record('pr-3', '');
  await record('prod', '{"version"');
  await lock('pr-1', JSON.stringify(content));
  await lock('pr-3', 'tor');
  expect(await mend(pathToFileURL(folder).href)).toEqual(['pr-1', 'pr-3']);
  const left = await readdir(join(folder, '.pulumi/stacks/mispriced'));
  expect(left.sort()).toEqual(['pr-2.json', 'prod.json']);
  expect(await readdir(join(folder, '.pulumi/locks/organization/mispriced'))).toEqual([]);
});

it('removes the copies of a torn record with it, and its history', async () => {
  await record('pr-1', '');
  await writeFile(join(folder, '.pulumi/stacks/mispriced/pr-1.json.bak'), '{}');
  for (const name of ['pr-1', 'pr-11']) {
    for (const kind of ['backups', 'history']) {
      const place = join(folder, '.pulumi', kind, 'mispriced', name);
      await mkdir(place, { recursive: true });
      await writeFile(join(place, 'copy.json'), '{}');
    }
  }
  expect(await mend(pathToFileURL(folder).href)).toEqual(['pr-1']);
  const left = await readdir(join(folder, '.pulumi'), { recursive: true });
  expect(left.filter((path) => path.includes('pr-1')).sort()).toEqual([
    ...['backups/mispriced/pr-11', 'backups/mispriced/pr-11/copy.json'],
    ...['history/mispriced/pr-11', 'history/mispriced/pr-11/copy.json'],
  ]);
});

it('keeps a record of which only a note or a copy is torn, without which it can be read', async () => {
  await record('pr-1', '{"version": 3}');
  const stacks = join(folder, '.pulumi/stacks/mispriced');
  await writeFile(join(stacks, 'pr-1.json.attrs'), '');
  await writeFile(join(stacks, 'pr-1.json.bak'), '{"ver');
  await writeFile(join(stacks, 'pr-1.json.bak.attrs'), '{}');
  expect(await mend(pathToFileURL(folder).href)).toEqual([]);
  expect((await readdir(stacks)).sort()).toEqual(['pr-1.json', 'pr-1.json.bak.attrs']);
});

it('leaves a record alone that somebody may be writing', async () => {
  await record('pr-1', '');
  await lock('pr-1', JSON.stringify(content));
  expect(await mend(pathToFileURL(folder).href, false)).toEqual([]);
});

it('leaves records alone that a service keeps', async () => {
  expect(await mend('azblob://state?storage_account=x')).toEqual([]);
});
