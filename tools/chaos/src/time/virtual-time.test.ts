import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '../random/chance.ts';
import { createVirtualTime, type VirtualTime } from './create-virtual-time.ts';
import type { Host } from './host.ts';
import { formatTraceEntry } from './trace-entry.ts';

const startsAtMilliseconds = Date.parse('2010-12-15T15:25:03Z');

function timeOf(seed: number): VirtualTime {
  return createVirtualTime({ startsAtMilliseconds, chance: chanceOf(seed) });
}

/** A request that the world answers after so long. */
function ask(time: VirtualTime, host: Host, name: string, milliseconds: number): Promise<string> {
  return host.effect(name, (finish) => {
    time.schedule({
      atMilliseconds: time.nowMilliseconds() + milliseconds,
      act: () => {
        finish.resolve(name);
      },
    });
  });
}

/** Two hosts that write to one list between effects that fall on the same moments. */
async function interleave(seed: number) {
  const time = timeOf(seed);
  const written: string[] = [];
  for (const name of ['first', 'second']) {
    const host = time.addHost({ name });
    host.start(async () => {
      for (let step = 1; step <= 4; step += 1) {
        await ask(time, host, 'write', 100);
        // What a promise, a tick, an immediate and an answer's body take is no time.
        await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
        await new Response('body').text();
        written.push(`${name} ${step}`);
        await host.sleep(50);
      }
    });
  }
  await time.run();
  const lines = time.trace.map((entry) => formatTraceEntry(entry, startsAtMilliseconds));
  return { written, lines, elapsed: time.nowMilliseconds() - startsAtMilliseconds };
}

describe('createVirtualTime', () => {
  it('repeats a history of two hosts from its seed, to the last line of its trace', async () => {
    const first = await interleave(1);
    for (let repeat = 0; repeat < 10; repeat += 1) expect(await interleave(1)).toEqual(first);
    expect(first.elapsed).toBe(600);
    expect(first.lines).toHaveLength(2 + 8 * 4 + 2);
  });

  it('lets the seed decide which host comes first', async () => {
    const orders = new Set<string>();
    for (let seed = 1; seed <= 30; seed += 1) {
      const { written } = await interleave(seed);
      expect(written.filter((line) => line.startsWith('first'))).toEqual([
        'first 1',
        'first 2',
        'first 3',
        'first 4',
      ]);
      orders.add(written.join());
    }
    // Each of four moments has two orders.
    expect(orders.size).toBeGreaterThan(8);
    expect(orders.size).toBeLessThanOrEqual(16);
  });

  it('lets one host do all it can before the other, and time, go on', async () => {
    const time = timeOf(1);
    const seen: string[] = [];
    for (const name of ['first', 'second']) {
      const host = time.addHost({ name });
      host.start(async () => {
        await host.sleep(10);
        seen.push(`${name} begins ${host.monotonicMilliseconds()}`);
        for (let turn = 0; turn < 20; turn += 1) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        seen.push(`${name} ends ${host.monotonicMilliseconds()}`);
      });
    }
    await time.run();
    const [one, other] = seen[0]?.startsWith('first') ? ['first', 'second'] : ['second', 'first'];
    expect(seen).toEqual([
      `${one} begins 10`,
      `${one} ends 10`,
      `${other} begins 10`,
      `${other} ends 10`,
    ]);
  });

  it('waits for files without being told, and hands declared works on in their order', async () => {
    const time = timeOf(1);
    const host = time.addHost({ name: 'host' });
    const seen: string[] = [];
    const outcome = host.start(async () => {
      await readFile(new URL(import.meta.url));
      seen.push('file');
      const works = [30, 1, 10].map(async (milliseconds) => {
        await host.realWork(() => new Promise((done) => setTimeout(done, milliseconds)));
        seen.push(`work ${milliseconds}`);
      });
      await Promise.all(works);
      await expect(host.realWork(() => Promise.reject(new Error('broken')))).rejects.toThrow(
        'broken',
      );
      return host.now().getTime();
    });
    await time.run();
    expect(seen).toEqual(['file', 'work 30', 'work 1', 'work 10']);
    expect(outcome()).toEqual({ kind: 'returned', value: startsAtMilliseconds });
  });

  it('ends a history in which a host acts while nothing of it is due', async () => {
    const time = timeOf(1);
    const [host, other] = [time.addHost({ name: 'host' }), time.addHost({ name: 'other' })];
    // As real timers and undeclared threads do: at a moment that is no event of this host.
    let goOn = (): void => undefined;
    host.start(async () => {
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      await host.sleep(1);
    });
    other.start(async () => {
      await other.sleep(1);
      goOn();
    });
    await expect(time.run()).rejects.toThrow('host began "sleep 1" while it was waiting');
    await expect(time.run()).rejects.toThrow('host began "sleep 1" while it was waiting');
  });

  it('lets a world of promises take its time, and answer in events', async () => {
    const time = timeOf(1);
    const seen: string[] = [];
    for (const name of ['first', 'second']) {
      const host = time.addHost({ name });
      host.start(async () => {
        const answer = await host.around('ask', async () => {
          await time.sleep(100);
          for (let turn = 0; turn < 9; turn += 1) await Promise.resolve();
          await new Promise((resolve) => setImmediate(resolve));
          await time.sleep(100);
          return `answered ${time.nowMilliseconds() - startsAtMilliseconds}`;
        });
        const refused = await host
          .around('ask', () => Promise.reject(new Error('refused')))
          .catch(String);
        seen.push(`${name} ${answer} ${refused} ${host.monotonicMilliseconds()}`);
      });
    }
    await time.run();
    expect(seen.toSorted()).toEqual([
      'first answered 200 Error: refused 200',
      'second answered 200 Error: refused 200',
    ]);
  });

  it('refuses an effect outside a program', async () => {
    const host = timeOf(1).addHost({ name: 'host' });
    await expect(host.sleep(1)).rejects.toThrow('real time');
  });

  it('says what waits for what never comes', async () => {
    const time = timeOf(1);
    const host = time.addHost({ name: 'host' });
    host.start(() => host.effect('GET /nowhere', () => undefined));
    await expect(time.run()).rejects.toThrow('host #1 GET /nowhere');
  });

  it('ends a history that goes in circles', async () => {
    const time = createVirtualTime({ startsAtMilliseconds, chance: chanceOf(1), mostEvents: 100 });
    const host = time.addHost({ name: 'host' });
    host.start(async () => {
      for (;;) await host.sleep(1);
    });
    await expect(time.run()).rejects.toThrow('100 events');
  });

  it('passes on what its world does wrong', async () => {
    const time = timeOf(1);
    const host = time.addHost({ name: 'host' });
    host.start(() =>
      host.effect('GET /', () => {
        throw new Error('the world is broken');
      }),
    );
    await expect(time.run()).rejects.toThrow('the world is broken');
  });

  it('stops at a moment, goes on from there, and does not wait for background', async () => {
    const time = timeOf(1);
    const happened: string[] = [];
    const at = (seconds: number, what: string, isBackground = false) =>
      time.schedule({
        atMilliseconds: startsAtMilliseconds + seconds * 1000,
        isBackground,
        act: () => happened.push(what),
      });
    at(10, 'foreground');
    at(5, 'background', true);
    at(15, 'never', true);
    at(7, 'cancelled')();
    await time.run({ untilMilliseconds: startsAtMilliseconds + 6000 });
    expect(happened).toEqual(['background']);
    expect(time.nowMilliseconds()).toBe(startsAtMilliseconds + 6000);
    await time.run();
    expect(happened).toEqual(['background', 'foreground']);
    expect(time.nowMilliseconds()).toBe(startsAtMilliseconds + 10_000);
  });
});
