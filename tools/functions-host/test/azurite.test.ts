import { BlobServiceClient } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestAzurite, type TestAzurite } from '@mispriced/testing';
import { ManualClock } from '../src/clock/manual-clock.ts';
import { BlobStateStore } from '../src/state/blob-state-store.ts';
import { startTestHost } from './start-test-host.ts';

let azurite: TestAzurite;
beforeAll(async () => {
  azurite = await startTestAzurite([]);
});
afterAll(async () => {
  await azurite.stop();
});

const main = `const { app } = require('@azure/functions');
app.timer('daily', { schedule: '0 */5 * * * *', handler: async (timer, context) => { context.log(String(timer.isPastDue)); } });`;

async function startOn(clock: ManualClock, hostId: string) {
  const started = await startTestHost({
    files: { 'main.cjs': main },
    settings: { AzureFunctionsWebHost__hostid: hostId },
    stateStore: BlobStateStore.fromConnectionString(azurite.connectionString),
    clock,
  });
  const runs = async (): Promise<string[]> => {
    const entries = (await started.readLog()).filter(({ source }) => source === 'function');
    return entries.map(({ message }) => message);
  };
  return { ...started, runs };
}

describe('hosts on real blob storage', () => {
  it('fire a timer once between them, and the other takes over when the lock is given back', async () => {
    const clock = new ManualClock(new Date('2026-11-02T09:00:00Z'));
    const [first, second] = [await startOn(clock, 'shared'), await startOn(clock, 'shared')];
    clock.settleWith(async () => {
      await first.host.whenIdle();
      await second.host.whenIdle();
    });
    await clock.advance(16 * 60_000);
    expect([await first.runs(), await second.runs()]).toEqual([['false', 'false', 'false'], []]);
    await first.host.stop();
    await clock.advance(5 * 60_000);
    expect((await second.runs()).at(-1)).toBe('false');
    expect(await first.runs()).toHaveLength(3);
  });

  it('leave the status that the real host would read, and read it again', async () => {
    const clock = new ManualClock(new Date('2026-11-02T09:00:00Z'));
    const first = await startOn(clock, 'kept');
    clock.settleWith(() => first.host.whenIdle());
    await clock.advance(6 * 60_000);
    await first.host.stop();
    const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
    const container = service.getContainerClient('azure-webjobs-hosts');
    const blob = container.getBlobClient('timers/kept/Host.Functions.daily/status');
    expect((await blob.downloadToBuffer()).toString()).toBe(
      '{"Last":"2026-11-02T09:05:00+00:00","Next":"2026-11-02T09:10:00+00:00",' +
        '"LastUpdated":"2026-11-02T09:05:00+00:00"}',
    );
    await clock.advance(3_600_000);
    const second = await startOn(clock, 'kept');
    clock.settleWith(() => second.host.whenIdle());
    await clock.advance(1000);
    expect(await second.runs()).toEqual(['true']);
  });
});
