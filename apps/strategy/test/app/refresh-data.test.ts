import { createOwnDataStore } from '@mispriced/core';
import { stateUnemploymentToCsv } from '@mispriced/market/lendingclub/generator';
import { afterAll, describe, expect, it } from 'vitest';
import { craftLoans } from '../crash/support/crafted-market.ts';
import { openBlobStack } from '../crash/support/trading-stack.ts';
import { startOwnDataServer } from './support/own-data-server.ts';
import { startAppHost } from './support/start-app-host.ts';

const { generated } = await craftLoans();
const blobs = await openBlobStack(generated);
const set = 'state-unemployment';
const store = createOwnDataStore({ objects: blobs.objects, now: () => new Date() });

afterAll(() => blobs.close());

/** The set with a month more or less, so that its content differs. */
function unemployment(change: (row: string, index: number) => boolean): string {
  const [head = '', ...rows] = stateUnemploymentToCsv(generated.stateUnemployment)
    .trimEnd()
    .split('\n');
  return `${[head, ...rows.filter(change)].join('\n')}\n`;
}

async function refresher(origin: object) {
  const { host, readLog } = await startAppHost({
    settings: {
      ...blobs.settings,
      MISPRICED__STAGE: 'embedded',
      MISPRICED__OWN_DATA: JSON.stringify([{ name: set, format: 'csv', ...origin }]),
    },
  });
  const live = async () => (await store.live(set))?.value;
  return { refresh: () => host.invoke('refresh-data'), live, readLog };
}

describe('refresh-data', () => {
  it('publishes what a URL serves once, and keeps it whatever the URL serves next', async () => {
    const server = await startOwnDataServer();
    const { refresh, live, readLog } = await refresher({ url: server.url });
    const before = await live();
    server.serve({ text: unemployment((_row, index) => index > 0) });
    const first = await refresh();
    expect(first.error).toBeNull();
    expect(first.returnValue).toMatchObject([{ set, outcome: 'published' }]);
    const published = await live();
    expect(published?.sha256).not.toBe(before?.sha256);

    expect((await refresh()).returnValue).toMatchObject([{ set, outcome: 'unchanged' }]);
    expect(await live()).toEqual(published);

    const bad: readonly (readonly [string, { status?: number; text: string }, RegExp])[] = [
      ['a page in place of the file', { text: '<html>Please sign in</html>' }, /column/],
      ['an empty file', { text: '' }, /state-unemployment/],
      ['a column that is missing', { text: 'month,state\n2010-01-01,NY\n' }, /unemployment_rate/],
      ['words for numbers', { text: 'month,state,unemployment_rate\n2010-01,NY,high\n' }, /high/],
      ['an error', { status: 500, text: '' }, /answered 500/],
      [
        'a file that shrank',
        { text: unemployment((_row, index) => index % 3 === 0) },
        /rows where/,
      ],
    ];
    for (const [what, answer, message] of bad) {
      server.serve(answer);
      const { error } = await refresh();
      expect(error?.message, what).toMatch(message);
      expect(await live(), what).toEqual(published);
    }
    expect(await readLog()).toContain('What to do');
  });

  it('publishes what a blob holds', async () => {
    const { refresh, live } = await refresher({ blob: 'data/incoming/unemployment.csv' });
    const missing = await refresh();
    expect(missing.error?.message).toContain('data/incoming/unemployment.csv does not exist');
    const text = unemployment((_row, index) => index > 1);
    const bytes = new TextEncoder().encode(text);
    await blobs.objects.write('data', 'incoming/unemployment.csv', bytes, 'any');
    expect((await refresh()).returnValue).toMatchObject([{ set, outcome: 'published' }]);
    expect(new TextDecoder().decode((await store.readLive(set)).bytes)).toBe(text);
    expect((await live())?.format).toBe('csv');
  });

  it('says where no address answers, and nothing of the address', async () => {
    const { refresh } = await refresher({ url: 'http://127.0.0.1:9/unemployment.csv' });
    const { error } = await refresh();
    expect(error?.message).toContain('its address did not answer');
    expect(error?.message).not.toContain('127.0.0.1:9');
  });
});
