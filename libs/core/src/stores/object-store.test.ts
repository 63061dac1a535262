import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startTestAzurite, type TestAzurite } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBlobObjectStore } from './blob/blob-object-store.ts';
import { createFileObjectStore } from './file/file-object-store.ts';
import { containers, type ObjectStore } from './object-store.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (stored: { bytes: Uint8Array } | null): string | null =>
  stored === null ? null : new TextDecoder().decode(stored.bytes);

let azurite: TestAzurite;
beforeAll(async () => {
  azurite = await startTestAzurite(Object.values(containers));
});
afterAll(async () => {
  await azurite.stop();
});

const stores: readonly [string, () => Promise<ObjectStore>][] = [
  [
    'a folder',
    async () =>
      createFileObjectStore({
        folder: await mkdtemp(join(tmpdir(), 'objects-')),
        now: () => new Date(),
        sleep: async (milliseconds) => {
          await sleep(milliseconds);
        },
      }),
  ],
  ['Blob storage', () => Promise.resolve(createBlobObjectStore({ service: azurite.service }))],
];

describe.each(stores)('objects in %s', (kind, open) => {
  const prefix = kind.replaceAll(' ', '-');

  it('are read as they were written, and absent ones are null', async () => {
    const objects = await open();
    await objects.write('runs', `${prefix}/a/b.txt`, bytes('one'), 'any');
    expect(text(await objects.read('runs', `${prefix}/a/b.txt`))).toBe('one');
    expect(await objects.read('runs', `${prefix}/none`)).toBeNull();
    expect(objects.locate('runs', `${prefix}/a/b.txt`)).toContain('b.txt');
  });

  it('are created once, of many at the same moment', async () => {
    const objects = await open();
    const attempts = await Promise.allSettled(
      ['a', 'b', 'c', 'd', 'e'].map((content) =>
        objects.write('models', `${prefix}/once`, bytes(content), 'absent'),
      ),
    );
    expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === 'rejected') {
        expect(attempt.reason).toMatchObject({ code: 'STORE_CONFLICT' });
      }
    }
  });

  it('are replaced only as they were read', async () => {
    const objects = await open();
    const etag = await objects.write('models', `${prefix}/live`, bytes('1'), 'absent');
    const next = await objects.write('models', `${prefix}/live`, bytes('2'), { etag });
    await expect(
      objects.write('models', `${prefix}/live`, bytes('3'), { etag }),
    ).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    expect(text(await objects.read('models', `${prefix}/live`))).toBe('2');
    expect((await objects.read('models', `${prefix}/live`))?.etag).toBe(next);
    await expect(
      objects.write('models', `${prefix}/never`, bytes('3'), { etag }),
    ).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  });

  it('are listed by prefix, sorted, without their leases', async () => {
    const objects = await open();
    for (const name of ['b', 'a/2', 'a/1']) {
      await objects.write('data', `${prefix}/list/${name}`, bytes('x'), 'any');
    }
    await objects.acquireLease('data', `${prefix}/list/run`, 15);
    expect(await objects.list('data', `${prefix}/list/`)).toEqual(
      ['a/1', 'a/2', 'b'].map((name) => `${prefix}/list/${name}`),
    );
    expect(await objects.list('data', `${prefix}/nothing`)).toEqual([]);
  });

  it('grow at the end, and only from the expected length', async () => {
    const objects = await open();
    const path = `${prefix}/ledger.jsonl`;
    await objects.append('ledger', path, bytes('one\n'), 0);
    await objects.append('ledger', path, bytes('two\n'), 4);
    await expect(objects.append('ledger', path, bytes('bad\n'), 4)).rejects.toMatchObject({
      code: 'STORE_CONFLICT',
    });
    await expect(objects.append('ledger', path, bytes('bad\n'), 0)).rejects.toMatchObject({
      code: 'STORE_CONFLICT',
    });
    expect(text(await objects.read('ledger', path))).toBe('one\ntwo\n');
  });

  it('take one of many appends at the same place', async () => {
    const objects = await open();
    const path = `${prefix}/race.jsonl`;
    const attempts = await Promise.allSettled(
      ['a\n', 'b\n', 'c\n'].map((line) => objects.append('ledger', path, bytes(line), 0)),
    );
    expect(attempts.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1);
    expect((await objects.read('ledger', path))?.bytes).toHaveLength(2);
  });

  it('are leased to one holder at a time', async () => {
    const objects = await open();
    const path = `${prefix}/lease`;
    const first = await objects.acquireLease('ledger', path, 15);
    expect(first).not.toBeNull();
    expect(await objects.acquireLease('ledger', path, 15)).toBeNull();
    await first?.renew();
    await first?.release();
    const second = await objects.acquireLease('ledger', path, 15);
    expect(second).not.toBeNull();
    await expect(first?.renew()).rejects.toMatchObject({ code: 'RUN_LEASE_LOST' });
    await first?.release();
    await second?.renew();
  });
});

describe('a lease in a folder', () => {
  it('lapses when its holder is gone', async () => {
    let now = Date.parse('2026-01-05T15:25:03Z');
    const objects = createFileObjectStore({
      folder: await mkdtemp(join(tmpdir(), 'objects-')),
      now: () => new Date(now),
      sleep: () => Promise.resolve(),
    });
    const first = await objects.acquireLease('ledger', 'run', 15);
    now += 14_999;
    expect(await objects.acquireLease('ledger', 'run', 15)).toBeNull();
    now += 2;
    expect(await objects.acquireLease('ledger', 'run', 15)).not.toBeNull();
    await expect(first?.renew()).rejects.toMatchObject({ code: 'RUN_LEASE_LOST' });
  });
});
