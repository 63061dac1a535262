import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newStorageKey } from './account-keys.ts';
import { startAzurite } from './start-azurite.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'azurite-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function write(connectionString: string, text: string): Promise<void> {
  const container =
    BlobServiceClient.fromConnectionString(connectionString).getContainerClient('things');
  await container.createIfNotExists();
  await container.getBlockBlobClient('one.txt').upload(text, text.length);
}

async function read(connectionString: string): Promise<string> {
  const blob = BlobServiceClient.fromConnectionString(connectionString, {
    retryOptions: { maxTries: 1 },
  })
    .getContainerClient('things')
    .getBlobClient('one.txt');
  return (await blob.downloadToBuffer()).toString();
}

describe('startAzurite', () => {
  it('keeps blobs and queue messages from one start to the next', async () => {
    const first = await startAzurite({ folder });
    await write(first.connectionString('mispriced'), 'kept');
    const queue = QueueServiceClient.fromConnectionString(first.connectionString('mispriced'));
    await queue.createQueue('jobs');
    await queue.getQueueClient('jobs').sendMessage('later');
    await first.close();

    const second = await startAzurite({ folder });
    expect(await read(second.connectionString('mispriced'))).toBe('kept');
    const queueAgain = QueueServiceClient.fromConnectionString(
      second.connectionString('mispriced'),
    );
    const peeked = await queueAgain.getQueueClient('jobs').peekMessages();
    expect(peeked.peekedMessageItems.map((message) => message.messageText)).toEqual(['later']);
    await second.close();
  });

  it('refuses an old key as soon as setAccounts has settled, and keeps the data', async () => {
    const azurite = await startAzurite({ folder, accounts: ['renewed'] });
    const before = azurite.connectionString('renewed');
    await write(before, 'still here');
    const { key2 } = azurite.keys('renewed');
    await azurite.setAccounts(new Map([['renewed', { key1: newStorageKey(), key2 }]]));
    await expect(read(before)).rejects.toMatchObject({ statusCode: 403 });
    expect(await read(azurite.connectionString('renewed'))).toBe('still here');
    await azurite.close();
  });

  it('has a key that opens an account at every moment of a renewal', async () => {
    const azurite = await startAzurite({ folder, accounts: ['steady'] });
    const steady = (): string => {
      const key = azurite.steadyKey('steady');
      return azurite.connectionString('steady').replace(/AccountKey=[^;]*/, `AccountKey=${key}`);
    };
    await write(steady(), 'read all the time');
    for (const renewed of ['key1', 'key2', 'key1'] as const) {
      const keys = { ...azurite.keys('steady'), [renewed]: newStorageKey() };
      const progress = { isSettled: false };
      const settling = azurite.setAccounts(new Map([['steady', keys]])).then(() => {
        progress.isSettled = true;
      });
      do expect(await read(steady())).toBe('read all the time');
      while (!progress.isSettled);
      await settling;
    }
    await azurite.close();
  });

  it('serves two servers of one process side by side', async () => {
    const [one, two] = await Promise.all([
      startAzurite({ folder: join(folder, 'one'), accounts: ['first'] }),
      startAzurite({ folder: join(folder, 'two'), accounts: ['second'] }),
    ]);
    await write(one.connectionString('first'), '1');
    await write(two.connectionString('second'), '2');
    expect(await read(one.connectionString('first'))).toBe('1');
    expect(await read(two.connectionString('second'))).toBe('2');
    expect(() => one.connectionString('second')).toThrow('no storage account second');
    await Promise.all([one.close(), two.close()]);
  });

  it('writes no key to disk', async () => {
    const azurite = await startAzurite({ folder });
    await write(azurite.connectionString('mispriced'), 'text');
    const { key1, key2 } = azurite.keys('mispriced');
    await azurite.close();
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const text = await readFile(join(file.parentPath, file.name), 'latin1');
      expect(text.includes(key1) || text.includes(key2)).toBe(false);
    }
  });
});
