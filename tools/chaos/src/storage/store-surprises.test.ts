import { createKillSwitch, createLedgerStore, openAppendLog } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { PlannedFault } from './faults/fault-plan.ts';
import { bytes, codeOf, openTestStorage, startedAt, text } from './test/open-test-storage.ts';

/** What once surprised the stores over Blob storage, each with the shortest history that shows it. */
const lostAnswer: PlannedFault = {
  fault: { kind: 'answer-lost' },
  where: { host: 'one', operation: 'append-block' },
};
const written = { value: undefined };

describe('an append whose answer was lost', () => {
  it('is told of as written where another host has appended after it', async () => {
    const { objects, objectsOf, model } = openTestStorage({ faults: [lostAnswer] });
    const one = objectsOf({
      name: 'one',
      around: async (effect, perform) => {
        if (effect.operation === 'append-block' && effect.tryNumber === 2) {
          await objects.append('ledger', 'a', bytes('two\n'), 4);
        }
        return perform();
      },
    });
    const told = await codeOf(one.append('ledger', 'a', bytes('one\n'), 0));
    if (text(model.contentOf('ledger', 'a')) !== 'one\ntwo\n') return;
    expect(told).toEqual(written);
  });

  it('is not called a conflict where the look back finds no answer either', async () => {
    const { objectsOf, model } = openTestStorage({
      faults: [
        lostAnswer,
        { fault: { kind: 'throttled' }, where: { operation: 'get-blob-properties' } },
      ],
    });
    const told = await codeOf(objectsOf({ name: 'one' }).append('ledger', 'a', bytes('1'), 0));
    if (text(model.contentOf('ledger', 'a')) !== '1') return;
    expect(told).not.toBe('STORE_CONFLICT');
  });

  it('stands once in a log, whose writer is told where it cannot know', async () => {
    const { objectsOf, model } = openTestStorage({
      faults: [
        lostAnswer,
        { fault: { kind: 'throttled' }, where: { operation: 'get-blob-properties' } },
      ],
    });
    const log = openAppendLog({
      objects: objectsOf({ name: 'one' }),
      container: 'models',
      path: 'promotions.jsonl',
      schema: z.object({ who: z.string() }),
      name: 'book',
    });
    expect(await codeOf(log.add({ who: 'ann' }))).toBe('STORE_UNAVAILABLE');
    expect(text(model.contentOf('models', 'promotions.jsonl'))).toBe('{"who":"ann"}\n');
  });
});

describe('an append of the same bytes at the same place', () => {
  it('is taken by the second of two hosts for its own: lines that must be of one host carry its mark', async () => {
    const { objects, objectsOf, model } = openTestStorage();
    await objects.append('ledger', 'a', bytes('same\n'), 0);
    const second = objectsOf({ name: 'two' }).append('ledger', 'a', bytes('same\n'), 0);
    expect(await codeOf(second)).toEqual(written);
    expect(text(model.contentOf('ledger', 'a'))).toBe('same\n');
  });

  it('is a conflict for the second where it begins an epoch of the ledger', async () => {
    const { objectsOf } = openTestStorage();
    const at = startedAt;
    const [first, second] = ['one', 'two'].map((name) =>
      createLedgerStore({ objects: objectsOf({ name }), account: 'main' }),
    );
    await first?.read();
    await second?.read();
    await first?.beginEpoch({ runId: 'run', slot: at, at, holder: 'the lease of one' });
    const other = second?.beginEpoch({ runId: 'run', slot: at, at, holder: 'the lease of two' });
    expect(await codeOf(other ?? Promise.resolve())).toBe('STORE_CONFLICT');
  });
});

describe('a conditional write whose answer was lost', () => {
  const faults: readonly PlannedFault[] = [
    { fault: { kind: 'answer-lost' }, where: { operation: 'put-block-blob' } },
  ];

  it('is told of as written where it was to be the first', async () => {
    const { objects, model } = openTestStorage({ faults });
    const told = await codeOf(objects.write('models', 'm', bytes('1'), 'absent'));
    if (text(model.contentOf('models', 'm')) !== '1') return;
    expect(told).not.toBe('STORE_CONFLICT');
  });

  it('is told of as written where it was to follow another', async () => {
    const { objects, model } = openTestStorage({
      faults: faults.map((planned) => ({ ...planned, after: 1 })),
    });
    const etag = await objects.write('models', 'm', bytes('1'), 'any');
    const told = await codeOf(objects.write('models', 'm', bytes('2'), { etag }));
    if (text(model.contentOf('models', 'm')) !== '2') return;
    expect(told).not.toBe('STORE_CONFLICT');
  });
});

describe('a kill switch', () => {
  const by = { why: 'odd prices', by: 'ann', at: startedAt.toISOString() };

  it('is not lifted by a request that arrives after a later halt', async () => {
    const { objectsOf, pass } = openTestStorage({
      faults: [
        {
          fault: { kind: 'arrives-late', milliseconds: 1000 },
          where: { host: 'late', operation: 'put-block-blob' },
        },
      ],
    });
    const [late, other] = ['late', 'other'].map((name) =>
      createKillSwitch({ objects: objectsOf({ name }), account: 'main' }),
    );
    await other?.halt(by);
    await late?.resume(by).catch(() => undefined);
    await other?.halt({ ...by, why: 'odder prices' });
    pass(1000);
    await new Promise((resolve) => void setImmediate(resolve));
    expect(await other?.read()).toMatchObject({ why: 'odder prices' });
  });

  it('is on after a halt that met somebody else’s resume', async () => {
    const { objects, objectsOf } = openTestStorage();
    const other = createKillSwitch({ objects, account: 'main' });
    await other.halt(by);
    let isMet = false;
    const halting = createKillSwitch({
      account: 'main',
      objects: objectsOf({
        name: 'halting',
        around: async (effect, perform) => {
          if (effect.operation === 'put-block-blob' && !isMet) {
            isMet = true;
            await other.resume({ ...by, by: 'bob' });
          }
          return perform();
        },
      }),
    });
    await halting.halt({ ...by, why: 'odder prices' });
    expect(await other.read()).toMatchObject({ why: 'odder prices' });
  });
});
