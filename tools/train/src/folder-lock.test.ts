import { access, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withFolderLock } from './folder-lock.ts';

const times = { beatMilliseconds: 10, leftBehindAfterMilliseconds: 2_000 };
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-lock-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe('withFolderLock', () => {
  it('lets one in at a time, and leaves nothing behind', async () => {
    const lock = join(folder, 'one.lock');
    let inside = 0;
    const seen: number[] = [];
    const work = async (): Promise<void> => {
      inside += 1;
      seen.push(inside);
      await sleep(30);
      inside -= 1;
    };
    await Promise.all(
      [1, 2, 3, 4].map(async () => {
        await withFolderLock(lock, work, { times });
      }),
    );
    expect(seen).toEqual([1, 1, 1, 1]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes away a lock that nobody has touched for long, with what is in it', async () => {
    const lock = join(folder, 'dead.lock');
    await mkdir(lock);
    await writeFile(join(lock, 'half-built'), '');
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(lock, longAgo, longAgo);
    let waited = 0;
    const found = await withFolderLock(lock, async (own) => await readdir(own), {
      times,
      onWait: () => {
        waited += 1;
      },
    });
    expect(found).toEqual([]);
    expect(waited).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('keeps a lock whose holder works for longer than that', async () => {
    const lock = join(folder, 'slow.lock');
    const quick = { beatMilliseconds: 20, leftBehindAfterMilliseconds: 300 };
    const order: string[] = [];
    const slow = withFolderLock(
      lock,
      async () => {
        await sleep(900);
        await access(lock);
        order.push('slow');
      },
      { times: quick },
    );
    await sleep(50);
    const next = withFolderLock(lock, () => Promise.resolve(order.push('next')), { times: quick });
    await Promise.all([slow, next]);
    expect(order).toEqual(['slow', 'next']);
  });

  it('is released when the work fails', async () => {
    const lock = join(folder, 'failed.lock');
    const failing = withFolderLock(lock, () => Promise.reject(new Error('no space')), { times });
    await expect(failing).rejects.toThrow('no space');
    expect(await readdir(folder)).toEqual([]);
  });
});
