import { createBlobObjectStore } from '@mispriced/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bytes, codeOf, openTestStorage, text } from './test/open-test-storage.ts';
import { createStorageModel } from './storage-model.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the model of storage', () => {
  it('is used by the real store without a timer or a turn of the event loop', async () => {
    const { objects, model } = openTestStorage({
      faults: [{ fault: { kind: 'answer-lost' }, times: 2 }],
    });
    const refuse = (): never => {
      throw new Error('A timer was set.');
    };
    for (const name of ['setTimeout', 'setInterval', 'setImmediate']) vi.stubGlobal(name, refuse);
    await objects.append('ledger', 'a/b.jsonl', bytes('one\n'), 0);
    await objects.write('models', 'live.json', bytes('{}'), 'absent');
    expect(text((await objects.read('ledger', 'a/b.jsonl'))?.bytes)).toBe('one\n');
    expect(await objects.list('models', '')).toEqual(['live.json']);
    const lease = await objects.acquireLease('control', 'run', 15);
    await lease?.renew();
    await lease?.release();
    expect(model.requests.filter(({ code }) => code === 'ECONNRESET')).toHaveLength(2);
  });

  it('gives the same history twice', async () => {
    const play = async (): Promise<unknown> => {
      const { objects, model } = openTestStorage({ faults: [{ fault: { kind: 'busy' } }] });
      await objects.append('ledger', 'a.jsonl', bytes('one\n'), 0);
      const etag = await objects.write('models', 'm', bytes('1'), 'any');
      await codeOf(objects.write('models', 'm', bytes('2'), { etag: `${etag}x` }));
      return { etag, requests: model.requests };
    };
    expect(await play()).toEqual(await play());
  });

  it.each([
    ['delete', /DELETE ledger\/b/],
    ['setMetadata', /PUT ledger\/b\?comp=metadata/],
    ['createSnapshot', /PUT ledger\/b\?comp=snapshot/],
    ['setAccessTier', /PUT ledger\/b\?comp=tier/],
  ] as const)('answers %s with 501, by name', async (method, asked) => {
    const { client, model } = openTestStorage();
    const blob = client.getContainerClient('ledger').getBlobClient('b');
    const refused =
      method === 'setAccessTier'
        ? blob.setAccessTier('Cool')
        : (blob[method]() as Promise<unknown>);
    await expect(refused).rejects.toMatchObject({ statusCode: 501, code: 'NotSimulated' });
    await expect(refused).rejects.toThrow(asked);
    expect(model.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ['not-simulated', 501],
    ]);
  });

  it('passes over no condition that it does not know', async () => {
    const { client } = openTestStorage();
    const blob = client.getContainerClient('ledger').getBlockBlobClient('b');
    const conditions = { ifUnmodifiedSince: new Date() };
    await expect(blob.upload('x', 1, { conditions })).rejects.toThrow(
      /put-block-blob with the header if-unmodified-since/,
    );
    await expect(blob.upload('x', 1, { metadata: { a: 'b' } })).rejects.toThrow(/x-ms-meta-a/);
    const listing = client.getContainerClient('ledger').listBlobsByHierarchy('/');
    await expect(listing.next()).rejects.toThrow(/the parameter delimiter/);
  });

  it('refuses what writes to a leased blob without its lease', async () => {
    const { client, objects, model, pass } = openTestStorage();
    await objects.append('ledger', 'a', bytes('1'), 0);
    const container = client.getContainerClient('ledger');
    const leaseId = '11111111-1111-4111-8111-111111111111';
    const lease = container.getBlobClient('a').getBlobLeaseClient(leaseId);
    await lease.acquireLease(15);
    const append = (conditions: object): Promise<unknown> =>
      container.getAppendBlobClient('a').appendBlock('2', 1, { conditions });
    await expect(append({})).rejects.toMatchObject({ statusCode: 412, code: 'LeaseIdMissing' });
    await expect(append({ leaseId: leaseId.replaceAll('1', '2') })).rejects.toMatchObject({
      code: 'LeaseIdMismatchWithBlobOperation',
    });
    await append({ leaseId });
    pass(15_000);
    await expect(append({ leaseId })).rejects.toMatchObject({
      statusCode: 412,
      code: 'LeaseNotPresentWithBlobOperation',
    });
    await append({});
    expect(text(model.contentOf('ledger', 'a'))).toBe('122');
    await expect(lease.renewLease()).rejects.toMatchObject({ statusCode: 409 });
  });

  it('keeps the lease of a blob that its holder replaces, and forgets one that has ended', async () => {
    const { client, pass } = openTestStorage();
    const blob = client.getContainerClient('models').getBlockBlobClient('m');
    const leaseId = '11111111-1111-4111-8111-111111111111';
    const lease = blob.getBlobLeaseClient(leaseId);
    await blob.upload('1', 1);
    await lease.acquireLease(15);
    await blob.upload('2', 1, { conditions: { leaseId } });
    await lease.renewLease();
    pass(15_000);
    await blob.upload('3', 1);
    await expect(lease.renewLease()).rejects.toMatchObject({ statusCode: 409 });
  });

  it('renews a lease that has ended, while nobody else took it and nothing was written', async () => {
    const { objects, objectsOf, pass } = openTestStorage();
    const lease = await objects.acquireLease('control', 'run', 15);
    pass(60_000);
    await lease?.renew();
    expect(await objectsOf({ name: 'other' }).acquireLease('control', 'run', 15)).toBeNull();
  });

  it('takes leases of 15 to 60 seconds', async () => {
    const { objects } = openTestStorage();
    for (const seconds of [14, 61]) {
      await expect(objects.acquireLease('control', 'run', seconds)).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        message: expect.stringContaining('400 InvalidHeaderValue') as string,
      });
    }
    expect(await objects.acquireLease('control', 'run', 60)).not.toBeNull();
  });

  it('lists in pages, each as things are when it is asked for', async () => {
    const { objects, client, model } = openTestStorage({ pageLength: 2 });
    const names = ['a/1', 'a/2', 'a/3 & <4>', 'a/5', 'b'];
    for (const name of names) await objects.write('models', name, bytes('x'), 'any');
    expect(await objects.list('models', 'a/')).toEqual(names.slice(0, 4));
    expect(model.requests.filter(({ operation }) => operation === 'list-blobs')).toHaveLength(2);
    const pages = client.getContainerClient('models').listBlobsFlat().byPage({ maxPageSize: 1 });
    const first = (await pages.next()) as { value: { segment: { blobItems: unknown[] } } };
    expect(first.value.segment.blobItems).toHaveLength(1);
  });

  it('names a container that is not there, and makes one once', async () => {
    const { objects, client } = openTestStorage();
    await expect(objects.read('nowhere', 'a')).rejects.toMatchObject({
      message: expect.stringContaining('404 ContainerNotFound') as string,
    });
    await client.createContainer('nowhere');
    expect(await objects.read('nowhere', 'a')).toBeNull();
    await expect(client.createContainer('nowhere')).rejects.toMatchObject({ statusCode: 409 });
    await expect(client.createContainer('No')).rejects.toMatchObject({ statusCode: 400 });
  });

  it('keeps what was sent, not what the sender makes of it later', async () => {
    const { objects, model } = openTestStorage();
    const sent = bytes('one');
    await objects.append('ledger', 'a', sent, 0);
    sent.fill(0);
    expect(text(model.contentOf('ledger', 'a'))).toBe('one');
    expect(model.contentOf('ledger', 'none')).toBeNull();
    expect(model.pathsOf('ledger')).toEqual(['a']);
  });
});

describe('a container with a policy of immutability', () => {
  const open = (allowProtectedAppendWrites: boolean): ReturnType<typeof openTestStorage> =>
    openTestStorage({ containers: { ledger: { allowProtectedAppendWrites } } });

  it('is appended to', async () => {
    const { objects, model } = open(true);
    await objects.append('ledger', 'a', bytes('1'), 0);
    await objects.append('ledger', 'a', bytes('2'), 1);
    expect(text(model.contentOf('ledger', 'a'))).toBe('12');
  });

  it('is not even appended to where protected appends are not allowed', async () => {
    const { objects, model } = open(false);
    expect(await codeOf(objects.append('ledger', 'a', bytes('1'), 0))).toBe('STORE_CONFLICT');
    expect(model.requests.map(({ code }) => code)).toContain('BlobImmutableDueToPolicy');
    expect(text(model.contentOf('ledger', 'a'))).toBe('');
  });

  it('takes a new blob and no second version of it, so that a kill switch in it works once', async () => {
    const { objects, model } = open(true);
    await objects.write('ledger', 'kill-switch.json', bytes('on'), 'any');
    await expect(
      objects.write('ledger', 'kill-switch.json', bytes('off'), 'any'),
    ).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    expect(model.requests.filter(({ operation }) => operation === 'put-block-blob')).toMatchObject([
      { status: 201 },
      { status: 409, code: 'BlobImmutableDueToPolicy' },
    ]);
    expect(text(model.contentOf('ledger', 'kill-switch.json'))).toBe('on');
  });

  it('lets leases be taken: they are not among what the policy prohibits', async () => {
    const { objects, pass } = open(true);
    const lease = await objects.acquireLease('ledger', 'run', 15);
    await lease?.renew();
    expect(await objects.acquireLease('ledger', 'run', 15)).toBeNull();
    pass(15_000);
    expect(await objects.acquireLease('ledger', 'run', 15)).not.toBeNull();
  });
});

describe('hosts', () => {
  it('each pass their own hook with every try, and share what is stored', async () => {
    const passed: string[] = [];
    const { objectsOf, model } = openTestStorage({
      faults: [{ fault: { kind: 'internal-error' }, where: { host: 'one' } }],
    });
    const one = objectsOf({
      name: 'one',
      around: async (effect, perform) => {
        passed.push(`before ${effect.operation} ${String(effect.tryNumber)}`);
        const result = await perform();
        passed.push(`after ${effect.operation} ${String(effect.tryNumber)}`);
        return result;
      },
    });
    await one.write('models', 'm', bytes('1'), 'absent');
    expect(passed).toEqual(
      [1, 2].flatMap((number) => [
        `before put-block-blob ${number}`,
        `after put-block-blob ${number}`,
      ]),
    );
    const other = objectsOf({ name: 'other' });
    expect(text((await other.read('models', 'm'))?.bytes)).toBe('1');
    expect(model.requests.map(({ host }) => host)).toEqual(['one', 'one', 'other']);
  });

  it('send nothing where they are killed before, and have sent it where they are killed after', async () => {
    const killedAt = (when: 'before' | 'after'): ReturnType<typeof openTestStorage>['model'] => {
      const { objectsOf, model } = openTestStorage();
      const killed = objectsOf({
        name: 'killed',
        around: async (_effect, perform) => {
          if (when === 'after') await perform();
          return new Promise(() => undefined);
        },
      });
      void killed.write('models', 'm', bytes('1'), 'any');
      return model;
    };
    const before = killedAt('before');
    const after = killedAt('after');
    await new Promise(setImmediate);
    expect([before.requests.length, before.pathsOf('models')]).toEqual([0, []]);
    expect([after.requests.length, after.pathsOf('models')]).toEqual([1, ['m']]);
  });

  it('wait for the true time where they are given no other', async () => {
    const waited: number[] = [];
    const model = createStorageModel({
      containers: { models: null },
      now: () => new Date(0),
      sleep: (milliseconds) => {
        waited.push(milliseconds);
        return Promise.resolve();
      },
      faults: (effect) => (effect.tryNumber < 4 ? { kind: 'busy' } : null),
    });
    const objects = createBlobObjectStore({ service: model.clientFor({ name: 'host' }) });
    await objects.write('models', 'm', bytes('1'), 'any');
    expect(waited).toEqual([0, 500, 1500]);
  });
});
