import { describe, expect, it } from 'vitest';
import { ManualClock } from '../src/clock/manual-clock.ts';
import { MemoryStateStore } from '../src/state/memory-state-store.ts';
import { startTestHost } from './start-test-host.ts';

const main = `const { app } = require('@azure/functions');
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
app.timer('quick', { schedule: '0 0 9 * * *', handler: async () => ({ pid: process.pid, stage: process.env.STAGE }) });
app.timer('throws', { schedule: '0 0 9 * * *', handler: async () => { throw new Error('no market'); } });
app.timer('crashes', { schedule: '0 0 9 * * *', handler: async () => { setTimeout(() => { throw new Error('out of nowhere'); }, 150); await wait(60_000); } });
app.timer('exits', { schedule: '0 0 9 * * *', handler: async () => { process.exit(7); } });
app.timer('hangs', { schedule: '0 0 9 * * *', handler: async (timer, context) => { context.log('hanging'); await wait(600_000); } });
app.timer('spins', { schedule: '0 0 9 * * *', handler: async (timer, context) => { context.log('spinning'); for (;;); } });`;

const files = { 'main.cjs': main };

/** Waits until the app has logged a line: it is then in the middle of its work. */
async function untilLogged(readLog: () => Promise<{ message: string }[]>, text: string) {
  while (!(await readLog()).some(({ message }) => message === text)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('a run', () => {
  it('that throws is a result with its stack, and the process lives on', async () => {
    const { host } = await startTestHost({ files, runTimers: false });
    const { error, returnValue } = await host.invoke('throws');
    expect(returnValue).toBeNull();
    expect(error?.message).toBe('no market');
    expect(error?.stack).toMatch(/Error: no market\n\s+at .*main\.cjs/);
    expect(host.status().workerRestarts).toBe(0);
  });

  it('of a function that does not exist, or has no timer, says which there are', async () => {
    const { host } = await startTestHost({ files, runTimers: false });
    const refused = host.invoke('dayly');
    await expect(refused).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: "The app has no timer function 'dayly'.",
      fix: expect.stringContaining('quick, throws') as string,
    });
  });

  it('longer than functionTimeout fails, and its process is ended and started again', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const hostJson = { 'host.json': '{"version":"2.0","functionTimeout":"00:10:00"}' };
    const { host, readLog } = await startTestHost({
      files: { ...files, ...hostJson },
      clock,
      runTimers: false,
    });
    const running = host.invoke('spins');
    await untilLogged(readLog, 'spinning');
    await clock.advance(10 * 60_000);
    const { error, durationMs } = await running;
    expect(error?.message).toBe(
      'Timeout value of 00:10:00 was exceeded by function: Functions.spins',
    );
    expect(durationMs).toBe(600_000);
    expect(await host.invoke('quick')).toMatchObject({ error: null });
    expect(host.status()).toMatchObject({ state: 'Running', workerRestarts: 1 });
  });
});

describe("an app's process", () => {
  it('that throws out of nowhere fails its runs, is recorded and started again', async () => {
    const { host, readLog } = await startTestHost({ files, runTimers: false });
    const [crashed, quick] = await Promise.all([host.invoke('crashes'), host.invoke('quick')]);
    expect(crashed.error?.message).toBe('out of nowhere');
    expect(quick.error).toBeNull();
    const { lastCrash, workerRestarts, processId } = host.status();
    expect(workerRestarts).toBe(1);
    expect(lastCrash?.error?.stack).toMatch(/Error: out of nowhere\n\s+at .*main\.cjs/);
    const again = await host.invoke('quick');
    expect(again.returnValue).toMatchObject({ pid: host.status().processId });
    expect((quick.returnValue as { pid: number }).pid).not.toBe(host.status().processId);
    expect(processId).not.toBe((quick.returnValue as { pid: number }).pid);
    const logged = (await readLog()).filter(({ level }) => level === 'error');
    expect(logged.map(({ message }) => message).join('\n')).toContain('is started again');
  });

  it('that exits by itself fails its run and is started again', async () => {
    const { host } = await startTestHost({ files, runTimers: false });
    expect((await host.invoke('exits')).error?.message).toContain('exited with code 7');
    expect(await host.invoke('quick')).toMatchObject({ error: null });
  });

  it('that keeps dying is started again after longer and longer waits', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const { host } = await startTestHost({ files, clock, runTimers: false });
    await host.invoke('exits');
    await host.invoke('exits');
    const waiting = host.invoke('quick');
    await clock.advance(999);
    expect(host.status().workerRestarts).toBe(2);
    await clock.advance(1);
    expect(await waiting).toMatchObject({ error: null });
  });

  it('that does not load again after it died leaves the host in the state Error, with the reason', async () => {
    const once = `const { app } = require('@azure/functions');
      const { existsSync, writeFileSync } = require('node:fs');
      if (existsSync('started')) throw new Error('the second start fails');
      writeFileSync('started', '');
      app.timer('exits', { schedule: '0 0 9 * * *', handler: async () => { process.exit(7); } });`;
    const { host } = await startTestHost({ files: { 'main.cjs': once } });
    await host.invoke('exits');
    while (host.status().state === 'Running') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(host.status().errors[0]).toContain('the second start fails');
    await expect(host.invoke('exits')).rejects.toThrow('the second start fails');
  });

  it('can be killed at will, and is not missed for long', async () => {
    const { host, readLog } = await startTestHost({ files, runTimers: false });
    const running = host.invoke('hangs');
    await untilLogged(readLog, 'hanging');
    await host.killWorker('SIGKILL');
    expect((await running).error?.message).toContain('was ended by SIGKILL');
    expect(await host.invoke('quick')).toMatchObject({ error: null });
  });

  it('leaves no process behind when the host stops', async () => {
    const { host, readLog } = await startTestHost({ files, runTimers: false });
    const running = host.invoke('hangs');
    await untilLogged(readLog, 'hanging');
    const processId = host.status().processId ?? 0;
    await host.stop();
    expect((await running).error).not.toBeNull();
    expect(() => process.kill(processId, 0)).toThrow('ESRCH');
    await expect(fetch(host.url)).rejects.toThrow('fetch failed');
  });
});

describe('a host', () => {
  it('starts again with other settings and another package, at the same address', async () => {
    const settings = { STAGE: 'dev' };
    const { host, appFolder } = await startTestHost({ files, settings, runTimers: false });
    const { url } = host;
    expect((await host.invoke('quick')).returnValue).toMatchObject({ stage: 'dev' });
    await host.restart({ settings: { STAGE: 'prod' } });
    expect((await host.invoke('quick')).returnValue).toMatchObject({ stage: 'prod' });
    expect(host.url).toBe(url);
    await host.restart({ appFolder: '/nowhere' });
    expect(host.status().state).toBe('Error');
    await expect(host.killWorker()).rejects.toThrow('The app does not run (Error).');
    // Asked for at the same moment, the changes follow one another.
    await Promise.all([host.restart({ appFolder }), host.restart({ settings: { STAGE: 'pr-1' } })]);
    expect((await host.invoke('quick')).returnValue).toMatchObject({ stage: 'pr-1' });
  });

  it('drains: a stop waits for the run, records it and gives the lock back', async () => {
    const clock = new ManualClock(new Date('2026-11-02T00:00:00Z'));
    const stateStore = new MemoryStateStore(clock);
    const settings = { AzureFunctionsWebHost__hostid: 'one' };
    const slow = `const { app } = require('@azure/functions');
      app.timer('daily', { schedule: '0 0 9 * * *', handler: async (timer, context) => {
        context.log('working'); await new Promise((resolve) => setTimeout(resolve, 200)); context.log('done'); } });`;
    const app = { 'main.cjs': slow };
    const { host, readLog } = await startTestHost({ files: app, clock, stateStore, settings });
    await clock.advance(9 * 3_600_000);
    await untilLogged(readLog, 'working');
    await host.stop({ drain: true });
    expect((await readLog()).some(({ message }) => message === 'done')).toBe(true);
    const status = await stateStore.read('timers/one/Host.Functions.daily/status');
    expect(status).toContain('"Last":"2026-11-02T09:00:00+00:00"');
    const blobName = 'locks/one/Host.Functions.daily.Listener';
    expect(await stateStore.acquireLease({ blobName, owner: 'next' })).not.toBeNull();
  });
});
