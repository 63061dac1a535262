import { describe, expect, it } from 'vitest';
import { waitOn } from '../clock/clock.ts';
import { ManualClock } from '../clock/manual-clock.ts';
import { MemoryStateStore } from '../state/memory-state-store.ts';
import { createRecordingTimer, statusBlobName } from '../../test/recording-timer.ts';
import { beginningOfTime } from './schedule-status.ts';

const dayMs = 86_400_000;
const daily = '0 0 9 * * *';

describe('a timer (azure-webjobs-sdk-extensions TimerListener.cs)', () => {
  it('fires at each occurrence and nowhere else', async () => {
    const { clock, listener, fired } = createRecordingTimer({ schedule: daily });
    await listener.start();
    await clock.advance(3 * dayMs);
    expect(fired).toEqual([
      '2026-11-02T09:00:00Z schedule',
      '2026-11-03T09:00:00Z schedule',
      '2026-11-04T09:00:00Z schedule',
    ]);
  });

  it('writes its status at the first start, and is not past due then', async () => {
    const { clock, store, listener, fired } = createRecordingTimer({ schedule: daily });
    await listener.start();
    expect(JSON.parse((await store.read(statusBlobName)) ?? '')).toEqual({
      Last: '0001-01-01T00:00:00+00:00',
      Next: '2026-11-02T09:00:00+00:00',
      LastUpdated: '2026-11-02T00:00:00+00:00',
    });
    await clock.advance(1000);
    expect(fired).toEqual([]);
  });

  it('is past due once after a pause, however many runs were missed', async () => {
    const first = createRecordingTimer({ schedule: daily });
    await first.listener.start();
    await first.clock.advance(10 * 3_600_000);
    await first.listener.stop();
    const { clock, store } = first;
    await clock.advance(5 * dayMs);
    const second = createRecordingTimer({ schedule: daily, clock, store });
    await second.listener.start();
    await clock.advance(dayMs);
    expect(second.fired).toEqual([
      '2026-11-07T10:00:00.001Z past-due',
      '2026-11-08T09:00:00Z schedule',
    ]);
    expect(second.firings.map((firing) => firing.isPastDue)).toEqual([true, false]);
    expect(second.firings[0]?.scheduleStatus?.next).toEqual(new Date('2026-11-03T09:00:00Z'));
  });

  it('is past due when its very first run was missed', async () => {
    const first = createRecordingTimer({ schedule: daily });
    await first.listener.start();
    await first.listener.stop();
    const { clock, store } = first;
    await clock.advance(dayMs);
    const second = createRecordingTimer({ schedule: daily, clock, store });
    await second.listener.start();
    await clock.advance(10);
    expect(second.fired).toEqual(['2026-11-03T00:00:00.001Z past-due']);
  });

  it('is not past due when it is started again before the next run', async () => {
    const first = createRecordingTimer({ schedule: daily });
    await first.listener.start();
    await first.clock.advance(10 * 3_600_000);
    await first.listener.stop();
    const { clock, store } = first;
    const second = createRecordingTimer({ schedule: daily, clock, store });
    await second.listener.start();
    await clock.advance(1000);
    expect(second.fired).toEqual([]);
  });

  it('reckons anew after a change of schedule, and is not past due', async () => {
    const first = createRecordingTimer({ schedule: daily });
    await first.listener.start();
    await first.clock.advance(10 * 3_600_000);
    await first.listener.stop();
    const { clock, store } = first;
    await clock.advance(5 * dayMs);
    const second = createRecordingTimer({ schedule: '0 0 20 * * *', clock, store });
    await second.listener.start();
    await clock.advance(dayMs);
    expect(second.fired).toEqual(['2026-11-07T20:00:00Z schedule']);
    expect(second.firings[0]?.scheduleStatus?.last).toEqual(beginningOfTime);
  });

  it('writes its status after a run, also after one that threw', async () => {
    const { clock, store, listener } = createRecordingTimer({
      schedule: daily,
      work: () => Promise.reject(new Error('The venue is closed.')),
    });
    await listener.start();
    await clock.advance(9 * 3_600_000);
    expect(JSON.parse((await store.read(statusBlobName)) ?? '')).toEqual({
      Last: '2026-11-02T09:00:00+00:00',
      Next: '2026-11-03T09:00:00+00:00',
      LastUpdated: '2026-11-02T09:00:00+00:00',
    });
    await clock.advance(dayMs);
    expect(listener.next).toEqual(new Date('2026-11-04T09:00:00Z'));
  });

  it('goes on when its status cannot be written', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const store = new MemoryStateStore(clock);
    store.write = () => Promise.reject(new Error('403 This request is not authorized.'));
    const { listener, fired, failures } = createRecordingTimer({ schedule: daily, clock, store });
    await listener.start();
    await clock.advance(2 * dayMs);
    expect(fired).toHaveLength(2);
    expect(failures).toHaveLength(3);
    expect(failures[0]).toContain('403 This request is not authorized.');
  });

  it('never overlaps: an occurrence that passes during a run is made up for at once, once', async () => {
    let running = 0;
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const timer = createRecordingTimer({
      schedule: '0 * * * * *',
      clock,
      work: async () => {
        running += 1;
        expect(running).toBe(1);
        await waitOn(clock, 150_000, new AbortController().signal);
        running -= 1;
      },
    });
    await timer.listener.start();
    await clock.advance(400_000);
    expect(timer.fired.slice(0, 3)).toEqual([
      '2026-11-02T00:01:00Z schedule',
      // Due at 00:02, reckoned from the start of the run; the one due at 00:03 is lost.
      '2026-11-02T00:03:30.001Z schedule',
      '2026-11-02T00:06:00.002Z schedule',
    ]);
    expect(timer.firings.map((firing) => firing.isPastDue)).toEqual([false, false, false]);
  });

  it('that is woken a little early runs once for that time, and counts it as on time', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const setTimeoutInTime = clock.setTimeout.bind(clock);
    clock.setTimeout = (callback, delayMs) => setTimeoutInTime(callback, delayMs - 300);
    const { listener, fired, store } = createRecordingTimer({ schedule: daily, clock });
    await listener.start();
    await clock.advance(dayMs);
    expect(fired).toEqual(['2026-11-02T08:59:59.700Z schedule']);
    expect(await store.read(statusBlobName)).toContain('"Last":"2026-11-02T09:00:00+00:00"');
    expect(listener.next).toEqual(new Date('2026-11-03T09:00:00Z'));
  });

  it('runs at its start when asked to, unless it is past due', async () => {
    const first = createRecordingTimer({ schedule: daily, runOnStartup: true });
    await first.listener.start();
    await first.clock.advance(10);
    expect(first.fired).toEqual(['2026-11-02T00:00:00.001Z run-on-startup']);
    await first.listener.stop();
    const { clock, store } = first;
    await clock.advance(2 * dayMs);
    const second = createRecordingTimer({ schedule: daily, runOnStartup: true, clock, store });
    await second.listener.start();
    await clock.advance(10);
    expect(second.fired).toEqual(['2026-11-04T00:00:00.011Z past-due']);
  });

  it('without a monitor keeps no status, hands none on and is never past due', async () => {
    const first = createRecordingTimer({ schedule: daily, withoutMonitor: true });
    await first.listener.start();
    await first.clock.advance(10 * 3_600_000);
    await first.listener.stop();
    expect(first.firings[0]?.scheduleStatus).toBeNull();
    expect(await first.store.read(statusBlobName)).toBeNull();
    const { clock, store } = first;
    await clock.advance(5 * dayMs);
    const second = createRecordingTimer({ schedule: daily, withoutMonitor: true, clock, store });
    await second.listener.start();
    await clock.advance(1000);
    expect(second.fired).toEqual([]);
  });

  it('waits longer than a timer can in one piece', async () => {
    const { clock, listener, fired } = createRecordingTimer({ schedule: '0 0 0 1 6 *' });
    await listener.start();
    await clock.advance(220 * dayMs);
    expect(fired).toEqual(['2027-06-01T00:00:00Z schedule']);
  });

  it('records nothing of a run that was abandoned, which is then past due elsewhere', async () => {
    const never = Promise.withResolvers<undefined>();
    const first = createRecordingTimer({ schedule: daily, work: () => never.promise });
    await first.listener.start();
    await first.clock.advance(9 * 3_600_000);
    first.listener.abandon();
    never.resolve(undefined);
    const { clock, store } = first;
    await clock.advance(60_000);
    const second = createRecordingTimer({ schedule: daily, clock, store });
    await second.listener.start();
    await clock.advance(10);
    expect(second.fired).toEqual(['2026-11-02T09:01:00.001Z past-due']);
  });

  it('stops only when a run under way has ended and is recorded', async () => {
    const work = Promise.withResolvers<undefined>();
    const { clock, store, listener } = createRecordingTimer({
      schedule: daily,
      work: () => work.promise,
    });
    await listener.start();
    await clock.advance(9 * 3_600_000);
    const stopped = listener.stop();
    work.resolve(undefined);
    await stopped;
    expect(await store.read(statusBlobName)).toContain('"Last":"2026-11-02T09:00:00+00:00"');
  });
});
