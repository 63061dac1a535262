import { describe, expect, it } from 'vitest';
import { chanceOf } from '../random/chance.ts';
import { createVirtualTime } from './create-virtual-time.ts';
import type { EffectPoint, Interruption, TaskOutcome } from './host.ts';

const startsAtMilliseconds = Date.parse('2010-12-15T15:25:03Z');
const suspended = { monotonic: 'stands-still', uptime: 'stands-still' } as const;
const stopped = { monotonic: 'runs', uptime: 'runs' } as const;

/** A host that asks three times, each answered 100 ms later, and is interrupted at one point. */
async function runInterrupted(interruptAt: (point: EffectPoint) => Interruption | null) {
  const time = createVirtualTime({ startsAtMilliseconds, chance: chanceOf(1) });
  const host = time.addHost({ name: 'host', interruptAt });
  const sinceStart = () => time.nowMilliseconds() - startsAtMilliseconds;
  const arrived: string[] = [];
  const resumed: string[] = [];
  const ended: TaskOutcome<string>[] = [];
  host.start(
    async () => {
      for (const name of ['a', 'b', 'c']) {
        await host.effect(name, (finish) => {
          arrived.push(`${name} ${sinceStart()}`);
          time.schedule({
            atMilliseconds: time.nowMilliseconds() + 100,
            act: () => {
              finish.resolve(undefined);
            },
          });
        });
        resumed.push(`${name} ${sinceStart()}`);
      }
      return 'done';
    },
    (outcome) => ended.push(outcome),
  );
  await time.run();
  return { arrived, resumed, ended, host, time };
}

const at =
  (effect: string, moment: 'before' | 'after', interruption: Interruption) =>
  (point: EffectPoint): Interruption | null =>
    point.effect === effect && point.moment === moment ? interruption : null;

describe('a killed host', () => {
  it('has handed nothing over where it is killed before', async () => {
    const { arrived, resumed, ended, host } = await runInterrupted(
      at('b', 'before', { kind: 'kill' }),
    );
    expect(arrived).toEqual(['a 0']);
    expect(resumed).toEqual(['a 100']);
    expect(ended).toEqual([{ kind: 'killed' }]);
    expect(host.state).toBe('killed');
  });

  it('learns nothing of what it has handed over where it is killed after', async () => {
    const { arrived, resumed, ended } = await runInterrupted(at('b', 'after', { kind: 'kill' }));
    expect(arrived).toEqual(['a 0', 'b 100']);
    expect(resumed).toEqual(['a 100']);
    expect(ended).toEqual([{ kind: 'killed' }]);
  });

  it('resumes nothing ever: no sleep, no time-out, no interval, no work, no second program', async () => {
    const time = createVirtualTime({ startsAtMilliseconds, chance: chanceOf(1) });
    const host = time.addHost({ name: 'host' });
    const resumed: string[] = [];
    const connections: string[] = [];
    host.start(async () => {
      host.onKill(() => connections.push('closed'));
      host.onKill(() => connections.push('forgotten'))();
      host.every(10, () => resumed.push('every'));
      host.timeoutSignal(60).addEventListener('abort', () => resumed.push('time-out'));
      void host.sleep(60).then(() => resumed.push('sleep'));
      await host.effect('never answered', () => undefined);
    });
    time.schedule({
      atMilliseconds: startsAtMilliseconds + 35,
      act: () => {
        host.interrupt({ kind: 'kill' });
        host.interrupt({ kind: 'kill' });
        host.interrupt({ kind: 'freeze', milliseconds: 1, ...stopped });
      },
    });
    time.schedule({ atMilliseconds: startsAtMilliseconds + 1000, act: () => undefined });
    await time.run();
    const late = host.start(() => Promise.resolve('late'));
    await time.run();
    expect(resumed).toEqual(['every', 'every', 'every']);
    expect(connections).toEqual(['closed']);
    expect(late()).toEqual({ kind: 'killed' });
    expect(host.state).toBe('killed');
  });

  it('lets another be started in its place', async () => {
    const time = createVirtualTime({ startsAtMilliseconds, chance: chanceOf(1) });
    const finished: string[] = [];
    const startHost = (name: string, retries: number): void => {
      const host = time.addHost({
        name,
        interruptAt: at('sleep 100', 'after', { kind: 'kill' }),
      });
      host.start(
        () => host.sleep(retries === 0 ? 99 : 100),
        (outcome) => {
          finished.push(`${name} ${outcome.kind}`);
          if (retries > 0) startHost(`${name}'`, retries - 1);
        },
      );
    };
    startHost('host', 2);
    await time.run();
    expect(finished).toEqual(['host killed', "host' killed", "host'' returned"]);
    expect(time.nowMilliseconds()).toBe(startsAtMilliseconds + 299);
  });
});

describe('a frozen host', () => {
  it('hands over what it was about to when it thaws', async () => {
    const freeze = { kind: 'freeze', milliseconds: 20_000, ...suspended } as const;
    const { arrived, resumed, ended } = await runInterrupted(at('b', 'before', freeze));
    expect(arrived).toEqual(['a 0', 'b 20100', 'c 20200']);
    expect(resumed).toEqual(['a 100', 'b 20200', 'c 20300']);
    expect(ended).toEqual([{ kind: 'returned', value: 'done' }]);
  });

  it('resumes what has come for it in the meantime when it thaws', async () => {
    const freeze = { kind: 'freeze', milliseconds: 20_000, ...suspended } as const;
    const { arrived, resumed } = await runInterrupted(at('b', 'after', freeze));
    expect(arrived).toEqual(['a 0', 'b 100', 'c 20200']);
    expect(resumed).toEqual(['a 100', 'b 20200', 'c 20300']);
  });

  it.each([
    ['a suspended machine', suspended, 21_000, 1000],
    ['a stopped process', stopped, 20_100, 20_100],
  ] as const)('sleeps by its monotonic clock: %s', async (_what, effect, wokenAt, monotonicAt) => {
    const time = createVirtualTime({ startsAtMilliseconds, chance: chanceOf(1) });
    const host = time.addHost({ name: 'host' });
    const outcome = host.start(async () => {
      await host.sleep(1000);
      return { true: time.nowMilliseconds(), own: host.monotonicMilliseconds() };
    });
    time.schedule({
      atMilliseconds: startsAtMilliseconds + 100,
      act: () => {
        host.interrupt({ kind: 'freeze', milliseconds: 20_000, ...effect });
      },
    });
    await time.run();
    expect(outcome()).toEqual({
      kind: 'returned',
      value: { true: startsAtMilliseconds + wokenAt, own: monotonicAt },
    });
  });

  it('stays frozen until the last freeze ends', async () => {
    const time = createVirtualTime({ startsAtMilliseconds, chance: chanceOf(1) });
    const host = time.addHost({ name: 'host' });
    const outcome = host.start(async () => {
      await host.sleep(100);
      return time.nowMilliseconds() - startsAtMilliseconds;
    });
    for (const [begin, milliseconds] of [
      [50, 1000],
      [300, 5000],
      [400, 10],
    ] as const) {
      time.schedule({
        atMilliseconds: startsAtMilliseconds + begin,
        act: () => {
          host.interrupt({ kind: 'freeze', milliseconds, ...stopped });
        },
      });
    }
    await time.run();
    expect(outcome()).toEqual({ kind: 'returned', value: 5300 });
  });

  it('can be killed in its sleep', async () => {
    const time = createVirtualTime({ startsAtMilliseconds, chance: chanceOf(1) });
    const host = time.addHost({ name: 'host' });
    const outcome = host.start(() => host.sleep(100));
    const interruptIn = (milliseconds: number, interruption: Interruption) =>
      time.schedule({
        atMilliseconds: startsAtMilliseconds + milliseconds,
        act: () => {
          host.interrupt(interruption);
        },
      });
    interruptIn(50, { kind: 'freeze', milliseconds: 1000, ...stopped });
    interruptIn(500, { kind: 'kill' });
    await time.run();
    expect(outcome()).toEqual({ kind: 'killed' });
  });
});

describe('a host whose clock steps', () => {
  it.each([86_400_000, -3 * 86_400_000, -300])(
    'reads %d ms more on its wall clock alone',
    async (milliseconds) => {
      const { host, time, resumed } = await runInterrupted(
        at('b', 'after', { kind: 'step-clock', milliseconds }),
      );
      expect(resumed).toEqual(['a 100', 'b 200', 'c 300']);
      expect(host.now().getTime()).toBe(time.nowMilliseconds() + milliseconds);
      expect(host.monotonicMilliseconds()).toBe(300);
      expect(host.uptimeSeconds()).toBe(0.3);
      expect(time.trace.map(({ what }) => what)).toContain('clock-stepped');
    },
  );
});
