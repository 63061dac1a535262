import { describe, expect, it } from 'vitest';
import { describeStorageRequest } from '../storage-request.ts';
import { bytes, codeOf, openTestStorage, startedAt, text } from '../test/open-test-storage.ts';
import type { PlannedFault } from './fault-plan.ts';
import { faultKinds, type StorageFault } from './storage-fault.ts';

/** What an append meets whose second request, the one that adds the bytes, meets a fault this often. */
async function appendThrough(
  fault: StorageFault,
  times: number,
): Promise<{ told: unknown; content: string | null; lines: readonly string[]; waited: number }> {
  const where = { operation: 'append-block' } as const;
  const { objects, model, now } = openTestStorage({ faults: [{ fault, where, times }] });
  const told = await codeOf(objects.append('ledger', 'a', bytes('one'), 0));
  return {
    told,
    content: text(model.contentOf('ledger', 'a')),
    lines: model.requests.map(describeStorageRequest),
    waited: now().getTime() - startedAt.getTime(),
  };
}

const done = { value: undefined };

describe('an append', () => {
  it.each<[StorageFault, number, unknown, string]>([
    [{ kind: 'busy' }, 3, done, 'one'],
    [{ kind: 'busy' }, 4, 'STORE_UNAVAILABLE', ''],
    [{ kind: 'internal-error' }, 3, done, 'one'],
    [{ kind: 'internal-error' }, 4, 'STORE_UNAVAILABLE', ''],
    [{ kind: 'timed-out', tookEffect: false }, 3, done, 'one'],
    [{ kind: 'timed-out', tookEffect: true }, 1, done, 'one'],
    [{ kind: 'timed-out', tookEffect: true }, 4, 'STORE_UNAVAILABLE', 'one'],
    [{ kind: 'throttled' }, 1, 'STORE_UNAVAILABLE', ''],
    [{ kind: 'conflict' }, 1, 'STORE_CONFLICT', ''],
    [{ kind: 'never-arrives' }, 3, done, 'one'],
    [{ kind: 'never-arrives' }, 4, 'STORE_UNAVAILABLE', ''],
    [{ kind: 'answer-lost' }, 1, done, 'one'],
    [{ kind: 'answer-lost' }, 4, 'STORE_UNAVAILABLE', 'one'],
    [{ kind: 'arrives-late', milliseconds: 60_000 }, 4, 'STORE_UNAVAILABLE', ''],
    [{ kind: 'answer-cut' }, 1, done, 'one'],
  ])(
    'that meets %o, %i times, ends with %o and leaves "%s"',
    async (fault, times, told, content) => {
      expect(await appendThrough(fault, times)).toMatchObject({ told, content });
    },
  );

  it('waits for the SDK on the time of its host', async () => {
    expect((await appendThrough({ kind: 'busy' }, 3)).waited).toBe(2000);
    expect((await appendThrough({ kind: 'busy' }, 1)).waited).toBe(0);
  });

  it('is a story that people can read', async () => {
    expect((await appendThrough({ kind: 'answer-lost' }, 1)).lines).toEqual([
      '2026-01-05T15:25:03.000Z host: put-append-blob ledger/a -> 201, took effect',
      '2026-01-05T15:25:03.000Z host: append-block ledger/a [answer-lost] -> no answer (ECONNRESET), took effect',
      '2026-01-05T15:25:03.000Z host: append-block ledger/a try 2 -> 412 AppendPositionConditionNotMet',
      '2026-01-05T15:25:03.000Z host: get-blob-properties ledger/a -> 200',
      '2026-01-05T15:25:03.000Z host: get-blob ledger/a -> 206',
    ]);
  });
});

describe('what is slow', () => {
  const fault: StorageFault = { kind: 'slow', thereMilliseconds: 3000, backMilliseconds: 20_000 };
  const where = { operation: 'acquire-lease' } as const;

  it('takes effect when it arrives, and is told of later: by then a lease may have ended', async () => {
    const { objects, objectsOf, model, pass } = openTestStorage({ faults: [{ fault, where }] });
    const acquiring = objects.acquireLease('control', 'run', 15);
    const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
    await settle();
    expect(describeStorageRequest(model.requests.at(-1) ?? expect.fail())).toMatch(
      /acquire-lease control\/run\.lease \[slow\] -> under way$/,
    );
    pass(3000);
    await settle();
    expect(model.requests.at(-1)).toMatchObject({ tookEffect: true, endedAt: null });
    const other = objectsOf({ name: 'other' });
    expect(await other.acquireLease('control', 'run', 15)).toBeNull();
    pass(15_000);
    expect(await other.acquireLease('control', 'run', 15)).not.toBeNull();
    pass(5000);
    const lease = await acquiring;
    expect(lease).not.toBeNull();
    expect(await codeOf(lease?.renew() ?? expect.fail())).toBe('RUN_LEASE_LOST');
  });
});

describe('what arrives late', () => {
  it('takes effect when nobody waits for it any more', async () => {
    const fault: StorageFault = { kind: 'arrives-late', milliseconds: 10_000 };
    const { objects, model, pass } = openTestStorage({ faults: [{ fault, times: 4 }] });
    expect(await codeOf(objects.write('models', 'm', bytes('1'), 'any'))).toBe('STORE_UNAVAILABLE');
    expect(model.requests.map(({ tookEffect }) => tookEffect)).toEqual(Array(4).fill(false));
    pass(10_000);
    await new Promise((resolve) => void setImmediate(resolve));
    expect(text(model.contentOf('models', 'm'))).toBe('1');
    expect(model.requests.map(({ tookEffect }) => tookEffect)).toEqual(Array(4).fill(true));
  });
});

describe('a download that is cut', () => {
  it('is read again by the store, and fails as a whole where each is cut', async () => {
    const cut: PlannedFault = { fault: { kind: 'answer-cut' }, where: { operation: 'get-blob' } };
    const { objects, model } = openTestStorage({ faults: [cut, cut, cut] });
    await objects.write('models', 'm', bytes('0123456789'), 'any');
    await expect(objects.read('models', 'm')).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: true,
    });
    expect(model.requests.at(-1)).toMatchObject({ operation: 'get-blob', status: 200 });
    expect(text((await objects.read('models', 'm'))?.bytes)).toBe('0123456789');
  });
});

it('has every kind of fault in its list', () => {
  const all: Readonly<Record<StorageFault['kind'], true>> = {
    busy: true,
    'internal-error': true,
    'timed-out': true,
    throttled: true,
    conflict: true,
    slow: true,
    'never-arrives': true,
    'answer-lost': true,
    'arrives-late': true,
    'answer-cut': true,
  };
  expect([...faultKinds].sort()).toEqual(Object.keys(all).sort());
});
