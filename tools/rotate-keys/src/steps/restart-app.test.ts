import { MispricedError, type ObjectStore } from '@mispriced/core';
import { type ArmClient, endpointsAt, type Site as FoundSite } from '@mispriced/azure';
import { describe, expect, it } from 'vitest';
import { openSite, type Site } from '../azure/site.ts';
import type { KeyEnvironment } from '../environment.ts';
import { defaultTimeouts } from '../timeouts.ts';
import type { RotationDependencies } from '../rotation-dependencies.ts';
import { restartApp } from './restart-app.ts';
import type { RestartWork } from './rotation-work.ts';

const status = { healthy: true, strategy: 'mispriced', account: 'main', health: [] };
const unavailable = { status: 503, body: null };

/** A site whose host answers as it is told, on a clock that only waiting moves. */
function scene(args: {
  /** What the host answers, one after the other and then the last again; null for no answer. */
  host: readonly ({ status: number; body: unknown } | null)[];
  now?: string;
  /** Until when a run holds its lease. */
  runUntil?: string;
  marginSeconds?: number;
  allKeysDead?: boolean;
}) {
  let now = new Date(args.now ?? '2026-03-02T12:00:00Z').getTime();
  const events: string[] = [];
  let restartedAt = 0;
  const answers = [...args.host];
  const hostStatus = () => ({ state: 'Running', processUptime: now - restartedAt });
  const dependencies = {
    endpoints: endpointsAt('https://arm.example.com'),
    now: () => new Date(now),
    sleep: (milliseconds: number) => {
      now += milliseconds;
      return Promise.resolve();
    },
    onProgress: (line: string) => events.push(line),
    fetch: (url: string) => {
      if (url.endsWith('/api/status')) return Promise.resolve(Response.json(status));
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === null || answer === undefined) return Promise.reject(new TypeError('reset'));
      return Promise.resolve(
        answer.status === 200
          ? Response.json(hostStatus())
          : new Response('no', { status: answer.status }),
      );
    },
  } as unknown as RotationDependencies;
  const settings = { MISPRICED__SCHEDULE__DAILY_TRADE: '0 0 14 * * *' };
  const arm = {
    token: () => Promise.resolve(''),
    send: ({ path }: { path: string }) =>
      Promise.resolve({
        status: 200,
        body: path.endsWith('/config/appsettings/list')
          ? { properties: settings }
          : { masterKey: 'none' },
      }),
  } as unknown as ArmClient;
  const found = { id: '/sites/app', name: 'app', host: 'app.example.com' } as unknown as FoundSite;
  const site = openSite(found, arm, dependencies);
  const objects = {
    acquireLease: (_: string, path: string) => {
      if (now < Date.parse(args.runUntil ?? '2000-01-01')) return Promise.resolve(null);
      events.push(`lease of ${path}`);
      return Promise.resolve({
        renew: () => Promise.resolve(new Date(now)),
        release: () => {
          events.push('released');
          return Promise.resolve();
        },
      });
    },
  } as unknown as ObjectStore;
  const environment = { home: { site }, objects } as unknown as KeyEnvironment;
  const work: RestartWork = {
    environment,
    dependencies,
    timeouts: defaultTimeouts,
    restarts: [],
    toldAt: new Map(),
    allKeysDead: args.allKeysDead ?? false,
    marginSeconds: args.marginSeconds ?? 600,
  };
  const restart = (of: Site = site) =>
    restartApp(work, of, () => {
      events.push(`restart at ${new Date(now).toISOString().slice(11, 19)}`);
      restartedAt = now;
      return Promise.resolve();
    });
  return { events, restart, work };
}

const up = { status: 200, body: null };

describe('an app is started again', () => {
  it('with the lease of its runs in hand until it is down', async () => {
    const { events, restart, work } = scene({ host: [up] });
    await restart();
    expect(events).toEqual(['lease of main/run', 'restart at 12:00:00', 'released']);
    expect(work.restarts).toMatchObject([{ app: 'app', from: '2026-03-02T12:00:00.000Z' }]);
  });

  it.each([
    ['a time-out', null],
    ['429', { status: 429, body: null }],
    ['500', { status: 500, body: null }],
    ['one 503', unavailable],
  ])(
    'so too where the first question meets %s: that is no sign of being down',
    async (_, first) => {
      const { events, restart } = scene({ host: [first, up] });
      await restart();
      expect(events[0]).toBe('lease of main/run');
    },
  );

  it('not at all where it cannot be told whether it is at work', async () => {
    for (const answer of [null, { status: 500, body: null }]) {
      const { events, restart } = scene({ host: [answer] });
      const refused: unknown = await restart().catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(MispricedError);
      expect(refused).toMatchObject({ code: 'ROTATION_BUSY' });
      expect(events).toEqual([]);
    }
  });

  it('all the same where no key lives, for a host without one answers in any way', async () => {
    for (const answer of [null, { status: 401, body: null }, { status: 500, body: null }]) {
      const { events, restart } = scene({ host: [answer], allKeysDead: true });
      await restart();
      expect(events).toHaveLength(1);
      expect(events[0]).toMatch(/^restart at/);
    }
  });

  it('at once where it is down, for no run can be at work', async () => {
    const { events, restart } = scene({ host: [unavailable], now: '2026-03-02T13:59:00Z' });
    await restart();
    expect(events).toEqual(['restart at 13:59:04']);
  });

  it('when a slot a minute away has passed and its run has ended', async () => {
    const { events, restart } = scene({
      host: [up],
      now: '2026-03-02T13:59:00Z',
      runUntil: '2026-03-02T14:04:00Z',
    });
    await restart();
    expect(events).toEqual([
      'waiting: the slot 2026-03-02T14:00:00.000Z is too near for a restart',
      'lease of main/run',
      'restart at 14:04:00',
      'released',
    ]);
  });

  it('not when a slot came near while a run was awaited', async () => {
    const { events, restart } = scene({
      host: [up],
      now: '2026-03-02T13:45:00Z',
      runUntil: '2026-03-02T13:55:00Z',
    });
    await restart();
    expect(events.slice(0, 3)).toEqual([
      'lease of main/run',
      'released',
      'waiting: the slot 2026-03-02T14:00:00.000Z is too near for a restart',
    ]);
    expect(events[4]).toBe('restart at 14:01:30');
  });
});
