import { createBlobObjectStore } from '@mispriced/core';
import { expect, it } from 'vitest';
import { chanceOf } from '../random/chance.ts';
import { createVirtualTime } from '../time/create-virtual-time.ts';
import type { EffectPoint, Interruption } from '../time/host.ts';
import { formatTraceEntry } from '../time/trace-entry.ts';
import { planFaults, type PlannedFault } from './faults/fault-plan.ts';
import { createStorageModel } from './storage-model.ts';
import { storageHostOf } from './storage-host-of.ts';
import { describeStorageRequest } from './storage-request.ts';
import { bytes, text } from './test/open-test-storage.ts';

/** The machine was suspended, and its clocks were told. */
const lost = { monotonic: 'stands-still', uptime: 'runs' } as const;
const startsAtMilliseconds = Date.parse('2026-01-05T15:25:03.000Z');

/** Two hosts that append to one blob, each where it last saw its end, and give up at a conflict. */
async function play(args: {
  seed: number;
  faults?: readonly PlannedFault[];
  interruptAt?: (point: EffectPoint) => Interruption | null;
}): Promise<{
  content: string | null;
  told: readonly string[];
  lines: readonly string[];
  seconds: number;
}> {
  const time = createVirtualTime({ startsAtMilliseconds, chance: chanceOf(args.seed) });
  const model = createStorageModel({
    containers: { ledger: null },
    now: () => new Date(time.nowMilliseconds()),
    sleep: (milliseconds) => time.sleep(milliseconds),
    faults: planFaults(args.faults ?? []),
  });
  const told: string[] = [];
  for (const name of ['one', 'two']) {
    const { interruptAt = () => null } = args;
    const host = time.addHost({ name, interruptAt });
    const objects = createBlobObjectStore({ service: model.clientFor(storageHostOf(host)) });
    host.start(async () => {
      for (let number = 1; number <= 3; number += 1) {
        const length = (await objects.read('ledger', 'a'))?.bytes.length ?? 0;
        const line = `${name} ${number}\n`;
        const outcome = await objects.append('ledger', 'a', bytes(line), length).then(
          () => 'appended',
          (error: unknown) => (error as { code: string }).code,
        );
        told.push(`${name} ${number} ${outcome}`);
      }
    });
  }
  await time.run();
  return {
    content: text(model.contentOf('ledger', 'a')),
    told,
    lines: [
      ...time.trace.map((entry) => formatTraceEntry(entry, startsAtMilliseconds)),
      ...model.requests.map(describeStorageRequest),
    ],
    seconds: (time.nowMilliseconds() - startsAtMilliseconds) / 1000,
  };
}

it('lets a history with storage be repeated from its seed, and others differ', async () => {
  const faults: readonly PlannedFault[] = [
    { fault: { kind: 'busy' }, where: { host: 'one' }, after: 2, times: 3 },
    { fault: { kind: 'slow', thereMilliseconds: 700, backMilliseconds: 20 }, after: 3 },
    { fault: { kind: 'arrives-late', milliseconds: 250 }, where: { operation: 'append-block' } },
    { fault: { kind: 'answer-cut' }, where: { host: 'two', operation: 'get-blob' }, after: 1 },
  ];
  const first = await play({ seed: 1, faults });
  for (let repeat = 0; repeat < 3; repeat += 1) {
    expect(await play({ seed: 1, faults })).toEqual(first);
  }
  const contents = new Set<string | null>();
  for (let seed = 1; seed <= 12; seed += 1) contents.add((await play({ seed })).content);
  expect(contents.size).toBeGreaterThan(2);
});

it('lets the SDK wait on the time of the history', async () => {
  const faults: readonly PlannedFault[] = [
    { fault: { kind: 'never-arrives' }, where: { host: 'one', operation: 'get-blob' }, times: 3 },
  ];
  const { seconds, told } = await play({ seed: 1, faults });
  expect(seconds).toBeGreaterThanOrEqual(2);
  expect(seconds).toBeLessThan(2.1);
  expect(told).toHaveLength(6);
});

it.each(['before', 'after'] as const)(
  'kills a host %s a request, which then was not or was done, and lets the other go on',
  async (moment) => {
    const { content, told } = await play({
      seed: 1,
      interruptAt: (point) =>
        point.host === 'one' && point.effect.includes('append-block') && point.moment === moment
          ? { kind: 'kill' }
          : null,
    });
    expect(told.filter((line) => line.startsWith('one'))).toEqual([]);
    expect(told.filter((line) => line.startsWith('two'))).toHaveLength(3);
    expect(content?.includes('one 1')).toBe(moment === 'after');
  },
);

it('lets a request of a frozen host take effect in the meantime', async () => {
  const { told, content } = await play({
    seed: 1,
    interruptAt: (point) =>
      point.host === 'one' && point.effect.includes('append-block') && point.moment === 'after'
        ? { kind: 'freeze', milliseconds: 60_000, ...lost }
        : null,
  });
  expect(content?.startsWith('one 1\n') === true || content?.includes('\none 1\n')).toBe(true);
  expect(told.slice(0, 3).every((line) => line.startsWith('two'))).toBe(true);
});
