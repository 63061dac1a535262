import { expect, it } from 'vitest';
import { chanceOf } from '../../random/chance.ts';
import type { StorageEffect } from '../storage-request.ts';
import { evenStorageProfile, faultsBySeed, type StorageProfile } from './faults-by-seed.ts';
import { faultKinds, type StorageFault } from './storage-fault.ts';

const effectOf = (host: string): StorageEffect => ({
  kind: 'storage',
  host,
  operation: 'get-blob',
  container: 'ledger',
  path: 'a',
  tryNumber: 1,
});

function draw(
  seed: number,
  hosts: readonly string[],
  profile: Partial<StorageProfile> = {},
): (StorageFault | null)[] {
  const plan = faultsBySeed(chanceOf(seed), { ...evenStorageProfile, ...profile });
  return hosts.map((host) => plan(effectOf(host)));
}

const many = Array<string>(2000).fill('one');

it('is the same for a seed, and another for another', () => {
  expect(draw(1, many)).toEqual(draw(1, many));
  expect(draw(1, many)).not.toEqual(draw(2, many));
});

it('gives a host the same, whatever others do', () => {
  const alone = draw(1, many.slice(0, 200));
  const among = draw(
    1,
    many.slice(0, 200).flatMap((host) => [host, 'two']),
  );
  expect(among.filter((_fault, index) => index % 2 === 0)).toEqual(alone);
});

it('draws every kind, in rows that outlast the SDK and in single ones', () => {
  const drawn = draw(1, many, { share: 0.5 });
  expect(new Set(drawn.map((fault) => fault?.kind))).toEqual(new Set([...faultKinds, undefined]));
  const rows: number[] = [];
  for (const [index, fault] of drawn.entries()) {
    if (fault === null) continue;
    if (fault === drawn[index - 1]) rows[rows.length - 1] = (rows.at(-1) ?? 0) + 1;
    else rows.push(1);
  }
  expect([Math.min(...rows), Math.max(...rows)]).toEqual([1, 6]);
});

it('draws only what the profile names, in its share', () => {
  const drawn = draw(1, many, { weights: { conflict: 1 }, share: 0.1, longestRow: 1 });
  const met = drawn.filter((fault) => fault !== null);
  expect(new Set(met.map(({ kind }) => kind))).toEqual(new Set(['conflict']));
  expect(met.length).toBeGreaterThan(100);
  expect(met.length).toBeLessThan(300);
});
