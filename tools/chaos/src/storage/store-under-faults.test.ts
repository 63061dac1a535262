import type { Lease } from '@mispriced/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultKinds, type StorageFault } from './faults/storage-fault.ts';
import {
  bytes,
  codeOf,
  openTestStorage,
  text,
  type TestStorage,
} from './test/open-test-storage.ts';

/** Two tries of three pass; a lost answer is the likeliest fault, as it is the hardest. */
const fault = fc.oneof(
  { weight: 12, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.constant<StorageFault>({ kind: 'answer-lost' }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<StorageFault>(
      { kind: 'busy' },
      { kind: 'internal-error' },
      { kind: 'throttled' },
      { kind: 'conflict' },
      { kind: 'never-arrives' },
      { kind: 'timed-out', tookEffect: true },
      { kind: 'timed-out', tookEffect: false },
      { kind: 'answer-cut' },
      { kind: 'arrives-late', milliseconds: 1000 },
      { kind: 'slow', thereMilliseconds: 0, backMilliseconds: 0 },
    ),
  },
);
const faults = fc.array(fault, { minLength: 30, maxLength: 80, size: 'max' });

function openWith(drawn: readonly (StorageFault | null)[]): TestStorage {
  let tries = 0;
  return openTestStorage({ faults: () => drawn[tries++] ?? null });
}

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

it('no append is lost, torn or there twice, whatever the network does to two hosts', async () => {
  const met = new Set<string>();
  await fc.assert(
    fc.asyncProperty(faults, async (drawn) => {
      const storage = openWith(drawn);
      const appended: string[] = [];
      const write = async (host: string): Promise<void> => {
        const objects = storage.objectsOf({ name: host });
        for (let number = 0; number < 5; number += 1) {
          const line = `${host} ${number}\n`;
          const length = await objects.read('ledger', 'a').then(
            (stored) => stored?.bytes.length ?? 0,
            () => null,
          );
          if (length === null) continue;
          const told = await codeOf(objects.append('ledger', 'a', bytes(line), length));
          if (typeof told !== 'string') appended.push(line);
        }
      };
      await Promise.all([write('one'), write('two')]);
      storage.pass(60_000);
      await settled();
      const content = text(storage.model.contentOf('ledger', 'a')) ?? '';
      const lines = content.split(/(?<=\n)/).filter((line) => line !== '');
      expect(lines.every((line) => /^(one|two) \d\n$/.test(line))).toBe(true);
      expect(new Set(lines).size).toBe(lines.length);
      expect(lines).toEqual(expect.arrayContaining(appended));
      for (const request of storage.model.requests) met.add(request.fault ?? 'none');
    }),
    { numRuns: 80 },
  );
  expect([...met].sort()).toEqual([...faultKinds, 'none'].sort());
});

it('no two hosts believe that they hold a lease, each counting from before it asked', async () => {
  const turns = fc.array(
    fc.record({
      host: fc.constantFrom('one', 'two'),
      act: fc.constantFrom('acquire', 'acquire', 'renew', 'release'),
      then: fc.constantFrom(0, 1, 4000, 14_999, 15_000),
    }),
    { minLength: 10, maxLength: 40, size: 'max' },
  );
  let overtaken = 0;
  await fc.assert(
    fc.asyncProperty(faults, turns, async (drawn, acts) => {
      const storage = openWith(drawn);
      const held = new Map<string, { lease: Lease; until: number }>();
      for (const { host, act, then } of acts) {
        const asked = storage.now().getTime();
        const mine = held.get(host);
        if (act === 'acquire') {
          const lease = await storage
            .objectsOf({ name: host })
            .acquireLease('control', 'run', 15)
            .catch(() => null);
          if (lease !== null) held.set(host, { lease, until: asked + 15_000 });
        } else if (mine !== undefined) {
          held.delete(host);
          const told = await codeOf(mine.lease[act]());
          const isRenewed = act === 'renew' && typeof told !== 'string';
          if (isRenewed) held.set(host, { lease: mine.lease, until: asked + 15_000 });
          if (told === 'RUN_LEASE_LOST') overtaken += 1;
        }
        const now = storage.now().getTime();
        expect([...held.values()].filter(({ until }) => until > now).length).toBeLessThan(2);
        storage.pass(then);
        await settled();
      }
    }),
    { numRuns: 80 },
  );
  expect(overtaken).toBeGreaterThan(0);
});
