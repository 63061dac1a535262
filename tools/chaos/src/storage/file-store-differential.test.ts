import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileObjectStore, type Lease, type ObjectStore } from '@mispriced/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytes, openTestStorage, text } from './test/open-test-storage.ts';

/** The product never puts a whole object where it appends, or the other way round. */
const whole = fc.constantFrom('models/a/live.json', 'models/a/1/model.onnx', 'models/b');
const grown = fc.constantFrom('ledger/main/2026-01.jsonl', 'ledger/main/2026-02.jsonl', 'ledger/x');
const leased = fc.constantFrom('control/main/run', 'control/main/run', 'control/paper-main/run');
const host = fc.constantFrom('one', 'two');

const step = fc.oneof(
  fc.record({
    do: fc.constant('write' as const),
    at: whole,
    content: fc.string({ maxLength: 8 }),
    condition: fc.constantFrom('absent', 'any', 'as last read', 'as first read'),
  }),
  fc.record({
    do: fc.constant('append' as const),
    at: grown,
    content: fc.string({ minLength: 1, maxLength: 8 }),
    offset: fc.constantFrom('end', 'end', 'end', 'start', 'beyond'),
  }),
  fc.record({ do: fc.constant('read' as const), at: fc.oneof(whole, grown) }),
  fc.record({
    do: fc.constant('list' as const),
    at: fc.constantFrom(
      'models/',
      'models/a/',
      'models/a/1',
      'ledger/main',
      'control/',
      'ledger/n',
    ),
  }),
  fc.record({
    do: fc.constant('acquire' as const),
    at: leased,
    host,
    seconds: fc.constantFrom(15, 30, 60),
  }),
  fc.record({ do: fc.constantFrom('renew', 'renew', 'renew', 'release'), at: leased, host }),
  fc.record({
    do: fc.constant('wait' as const),
    milliseconds: fc.constantFrom(1, 4999, 14_999, 15_000, 30_000, 60_000),
  }),
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** One of the two stores, with what was learned from it. */
interface Side {
  readonly objects: ObjectStore;
  readonly etags: Map<string, string[]>;
  readonly leases: Map<string, Lease>;
}

const sideOf = (objects: ObjectStore): Side => ({ objects, etags: new Map(), leases: new Map() });

async function play(
  side: Side,
  asked: Exclude<Step, { do: 'wait' }>,
  mark: number,
): Promise<unknown> {
  const { objects, etags, leases } = side;
  const [container = '', ...names] = asked.at.split('/');
  const path = names.join('/');
  const know = (etag: string): void => {
    etags.set(asked.at, [...(etags.get(asked.at) ?? []), etag]);
  };
  switch (asked.do) {
    case 'write': {
      // Two versions with the same bytes are one to a folder, whose etags are hashes, and two to Azure.
      const content = bytes(`${mark} ${asked.content}`);
      const known = etags.get(asked.at);
      const etag = (asked.condition === 'as first read' ? known?.[0] : known?.at(-1)) ?? 'none';
      const condition =
        asked.condition === 'absent' || asked.condition === 'any' ? asked.condition : { etag };
      know(await objects.write(container, path, content, condition));
      return 'written';
    }
    case 'append': {
      const length = (await objects.read(container, path))?.bytes.length ?? 0;
      const offset = { end: length, start: 0, beyond: length + 1 }[asked.offset];
      // What was written before at the same place would be taken for this very append.
      await objects.append(container, path, bytes(`${mark} ${asked.content}\n`), offset);
      return 'appended';
    }
    case 'read': {
      const stored = await objects.read(container, path);
      if (stored !== null) know(stored.etag);
      return text(stored?.bytes);
    }
    case 'list':
      return objects.list(container, path);
    case 'acquire': {
      const lease = await objects.acquireLease(container, path, asked.seconds);
      if (lease !== null) leases.set(`${asked.at} ${asked.host}`, lease);
      return lease === null ? 'taken by another' : 'taken';
    }
    default: {
      const lease = leases.get(`${asked.at} ${asked.host}`);
      if (lease === undefined) return 'never had';
      await lease[asked.do]();
      return asked.do;
    }
  }
}

async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => {
    const { code, message } = error as { code?: string; message: string };
    return code ?? message;
  });
}

it('the store over the model does what the store over a folder does', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }),
      async (steps) => {
        const storage = openTestStorage({ pageLength: 2 });
        const folder = createFileObjectStore({
          folder: await mkdtemp(join(tmpdir(), 'differential-')),
          now: storage.now,
          sleep: () => Promise.resolve(),
        });
        const [blobs, files] = [sideOf(storage.objects), sideOf(folder)];
        for (const [mark, asked] of steps.entries()) {
          if (asked.do === 'wait') {
            storage.pass(asked.milliseconds);
            continue;
          }
          const outcome = await outcomeOf(play(files, asked, mark));
          const modelled = await outcomeOf(play(blobs, asked, mark));
          expect(modelled, JSON.stringify(asked)).toEqual(outcome);
          seen.add(
            `${asked.do}: ${asked.do === 'read' || asked.do === 'list' ? '' : String(outcome)}`,
          );
        }
      },
    ),
    { numRuns: 30 },
  );
  expect([...seen].sort()).toEqual([
    'acquire: taken',
    'acquire: taken by another',
    'append: STORE_CONFLICT',
    'append: appended',
    'list: ',
    'read: ',
    'release: never had',
    'release: release',
    'renew: RUN_LEASE_LOST',
    'renew: never had',
    'renew: renew',
    'write: STORE_CONFLICT',
    'write: written',
  ]);
});
