import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { takeFileLock } from './file-lock.ts';
import { withFileLock } from './with-file-lock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'with-file-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('lets one in at a time, and leaves nothing behind', async () => {
  const lock = { path: join(folder, 'one.lock'), pollMilliseconds: 1 };
  let inside = 0;
  let waited = 0;
  const seen: number[] = [];
  const onWait = (): void => {
    waited += 1;
  };
  const work = async (): Promise<void> => {
    inside += 1;
    seen.push(inside);
    await sleep(5);
    inside -= 1;
  };
  await Promise.all([1, 2, 3, 4].map(() => withFileLock({ ...lock, onWait }, work)));
  expect([seen, waited]).toEqual([[1, 1, 1, 1], 3]);
  expect(await readdir(folder)).toEqual([]);
});

it('is given back when the work fails', async () => {
  const lock = { path: join(folder, 'failed.lock'), pollMilliseconds: 1 };
  const failing = withFileLock(lock, () => Promise.reject(new Error('no space')));
  await expect(failing).rejects.toThrow('no space');
  expect(await readdir(folder)).toEqual([]);
});

it('gives up after the time, and says who has it', async () => {
  const path = join(folder, 'long.lock');
  const held = takeFileLock(path);
  const sleeps: number[] = [];
  const lock = {
    path,
    pollMilliseconds: 7,
    giveUpAfterMilliseconds: 20,
    sleep: (milliseconds: number) => sleep(sleeps.push(milliseconds)),
  };
  await expect(withFileLock(lock, () => Promise.resolve())).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    message: `${path} stays locked by process ${process.pid}.`,
    retryable: true,
  });
  expect(sleeps[0]).toBe(7);
  held?.release();
});
