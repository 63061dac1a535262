import { describe, expect, it } from 'vitest';
import { ManualClock } from '../src/clock/manual-clock.ts';
import { MemoryStateStore } from '../src/state/memory-state-store.ts';
import { startTestHost } from './start-test-host.ts';

const dayMs = 86_400_000;
const settings = { AzureFunctionsWebHost__hostid: 'one', WHEN: '0 0 9 * * *' };
const daily = `const { app } = require('@azure/functions');
app.timer('daily', { schedule: '%WHEN%', handler: async (timer, context) => {
  context.log(JSON.stringify({ at: new Date().toISOString(), ...timer })); } });`;

interface Told {
  readonly at: string;
  readonly isPastDue: boolean;
  readonly schedule: { readonly adjustForDST: boolean };
  readonly scheduleStatus: { readonly last: string; readonly next: string } | null;
}

/** A host on a clock of its own, and what its timer was told at each run. */
async function startOnClock(args: {
  readonly clock: ManualClock;
  readonly stateStore?: MemoryStateStore;
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, string>>;
}) {
  const { clock } = args;
  const started = await startTestHost({
    files: args.files ?? { 'main.cjs': daily },
    settings: args.settings ?? settings,
    stateStore: args.stateStore ?? new MemoryStateStore(clock),
    clock,
    appFollowsClock: true,
    random: () => 0.5,
  });
  clock.settleWith(() => started.host.whenIdle());
  const told = async (): Promise<Told[]> => {
    const entries = (await started.readLog()).filter(({ source }) => source === 'function');
    return entries.map(({ message }) => JSON.parse(message) as Told);
  };
  return { ...started, told };
}

describe('a timer of an app', () => {
  it('runs on its schedule in UTC and is told where it stands', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const { host, told } = await startOnClock({ clock });
    expect(host.functions()[0]).toMatchObject({
      schedule: '0 0 9 * * *',
      next: new Date('2026-11-02T09:00:00Z'),
    });
    await clock.advance(2 * dayMs);
    const [first, second] = await told();
    expect(first).toMatchObject({
      isPastDue: false,
      schedule: { adjustForDST: true },
      scheduleStatus: { last: '0001-01-01T00:00:00+00:00', next: '2026-11-02T09:00:00+00:00' },
    });
    expect(first?.at).toMatch(/^2026-11-02T09:00:00/);
    expect(second).toMatchObject({
      scheduleStatus: { last: '2026-11-02T09:00:00+00:00', next: '2026-11-03T09:00:00+00:00' },
    });
  });

  it('without a monitor is told of no status (@azure/functions timer.d.ts)', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00.500Z'));
    const often = { ...settings, WHEN: '*/20 * * * * *' };
    const { told } = await startOnClock({ clock, settings: often });
    await clock.advance(60_000);
    const runs = await told();
    expect(runs).toHaveLength(3);
    expect(runs[0]?.scheduleStatus).toBeNull();
  });

  it('is past due once after a machine was lost for days', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const { host, told } = await startOnClock({ clock });
    await clock.advance(dayMs);
    await host.kill();
    await clock.advance(3 * dayMs);
    await host.restart();
    await clock.advance(1000);
    expect((await told()).map(({ isPastDue }) => isPastDue)).toEqual([false, true]);
  });

  it('is run again after a deployment that killed its run', async () => {
    const clock = new ManualClock(new Date('2026-11-02T08:59:50Z'));
    const waits = daily.replace('} });', 'await new Promise(() => {}); } });');
    const { host, told } = await startOnClock({ clock, files: { 'main.cjs': waits } });
    clock.settleWith(() => new Promise((resolve) => setImmediate(resolve)));
    await clock.advance(11_000);
    while ((await told()).length < 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await host.restart();
    await clock.advance(1000);
    while ((await told()).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await told()).map(({ isPastDue }) => isPastDue)).toEqual([false, true]);
  });

  it('is retried as it declares, and told which attempt it is', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const retried = `const { app } = require('@azure/functions');
      app.timer('daily', { schedule: '0 0 9 * * *',
        retry: { strategy: 'fixedDelay', maxRetryCount: 2, delayInterval: { seconds: 10 } },
        handler: async (timer, context) => {
          context.log(JSON.stringify({ at: new Date().toISOString(), retry: context.retryContext ?? null }));
          throw new Error('no market'); } });`;
    const { told } = await startOnClock({ clock, files: { 'main.cjs': retried } });
    await clock.advance(10 * 3_600_000);
    const runs = (await told()) as unknown as { at: string; retry: Record<string, unknown> }[];
    expect(runs.map(({ at }) => at.slice(11, 19))).toEqual(['09:00:00', '09:00:10', '09:00:20']);
    expect(runs.map(({ retry }) => retry)).toMatchObject([
      {},
      { retryCount: 1, maxRetryCount: 2, exception: { message: 'no market' } },
      { retryCount: 2, maxRetryCount: 2 },
    ]);
  });

  it('that is switched off does not run by itself', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const off = { ...settings, 'AzureWebJobs.daily.Disabled': 'true' };
    const { host, told } = await startOnClock({ clock, settings: off });
    await clock.advance(2 * dayMs);
    expect(await told()).toEqual([]);
    expect(host.functions()[0]).toMatchObject({ isDisabled: true, next: null });
  });

  it('tries again to listen when its storage fails at the start, and says so meanwhile', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const stateStore = new MemoryStateStore(clock);
    const read = stateStore.read.bind(stateStore);
    stateStore.read = () => Promise.reject(new Error('403 KeyBasedAuthenticationNotPermitted'));
    const { host, told } = await startOnClock({ clock, stateStore });
    expect(host.status().state).toBe('Running');
    expect(host.status().functionErrors['daily']).toContain(
      '403 KeyBasedAuthenticationNotPermitted',
    );
    stateStore.read = read;
    await clock.advance(dayMs);
    expect(host.status().functionErrors).toEqual({});
    expect(await told()).toHaveLength(1);
  });

  it('of two hosts with one storage and one host id runs on one', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const stateStore = new MemoryStateStore(clock);
    const first = await startOnClock({ clock, stateStore });
    const second = await startOnClock({ clock, stateStore });
    clock.settleWith(async () => {
      await first.host.whenIdle();
      await second.host.whenIdle();
    });
    await clock.advance(2 * dayMs);
    expect([await first.told(), await second.told()].map((runs) => runs.length)).toEqual([2, 0]);
    expect(second.host.functions()[0]?.next).toBeNull();
    // The machine of the first is lost at noon; the second takes over and misses nothing.
    await clock.advance(12 * 3_600_000);
    await first.host.kill();
    await clock.advance(2 * dayMs);
    expect([await first.told(), await second.told()].map((runs) => runs.length)).toEqual([3, 2]);
  });

  it('runs side by side with another host id on one storage', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const stateStore = new MemoryStateStore(clock);
    const other = { ...settings, AzureFunctionsWebHost__hostid: 'two' };
    const first = await startOnClock({ clock, stateStore });
    const second = await startOnClock({ clock, stateStore, settings: other });
    clock.settleWith(async () => {
      await first.host.whenIdle();
      await second.host.whenIdle();
    });
    await clock.advance(dayMs);
    expect([await first.told(), await second.told()].map((runs) => runs.length)).toEqual([1, 1]);
  });
});

describe('a job with a time zone, registered at both UTC hours that its local time can be', () => {
  it.each([
    ['Europe/London', '14,15', '2026-01-01', '2027-01-01', 365],
    ['America/New_York', '19,20', '2026-03-01', '2026-04-01', 31],
    ['America/New_York', '19,20', '2026-10-20', '2026-11-20', 31],
  ])(
    'runs in %s once a day through the changes of the clock',
    async (timeZone, hours, from, to, count) => {
      const clock = new ManualClock(new Date(`${from}T00:00:00Z`));
      const app = `const { app } = require('@azure/functions');
      const local = new Intl.DateTimeFormat('en-CA', { timeZone: '${timeZone}', hourCycle: 'h23',
        year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
      app.timer('daily', { schedule: '0 25 ${hours} * * *', handler: async (timer, context) => {
        const [day, time] = local.format(new Date()).split(', ');
        if (time === '15:25') context.log(JSON.stringify({ at: day })); } });`;
      const { told } = await startOnClock({ clock, files: { 'main.cjs': app } });
      await clock.advanceTo(new Date(`${to}T00:00:00Z`));
      const days = (await told()).map(({ at }) => at);
      expect(days).toHaveLength(count);
      expect(new Set(days).size).toBe(count);
    },
  );
});
