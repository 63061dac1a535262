import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { followLogFile } from '../src/logs/follow-log-file.ts';
import type { LogEntry } from '../src/logs/log-entry.ts';
import { startTestHost } from './start-test-host.ts';
import { temporaryFolder } from './write-app.ts';

const main = `const { app } = require('@azure/functions');
app.timer('daily', { schedule: '0 0 9 * * *', handler: async (timer, context) => {
  context.trace('at trace'); context.debug('at debug'); context.log('bought', 3, { of: 'A' });
  context.warn('at warning'); context.error('at error'); console.log('on the console'); console.error('on the error console'); } });`;

describe("a host's log", () => {
  it('holds what a function logs, with its level, name and run', async () => {
    const { host, readLog } = await startTestHost({
      files: { 'main.cjs': main },
      runTimers: false,
    });
    const { invocationId } = await host.invoke('daily');
    const entries = (await readLog()).filter(({ source }) => source === 'function');
    expect(entries.map(({ level, message }) => [level, message])).toEqual([
      ['trace', 'at trace'],
      ['debug', 'at debug'],
      ['information', "bought 3 { of: 'A' }"],
      ['warning', 'at warning'],
      ['error', 'at error'],
    ]);
    for (const entry of entries)
      expect(entry).toMatchObject({ functionName: 'daily', invocationId });
  });

  it('holds what the app prints, and can be followed in the same process', async () => {
    const { host, readLog } = await startTestHost({
      files: { 'main.cjs': main },
      runTimers: false,
    });
    const heard: LogEntry[] = [];
    const unfollow = host.followLogs((entry) => heard.push(entry));
    await host.invoke('daily');
    await host.stop();
    unfollow();
    const printed = (await readLog()).filter(({ source }) => source === 'console');
    expect(printed.map(({ level, message }) => [level, message])).toEqual([
      ['information', 'on the console'],
      ['error', 'on the error console'],
    ]);
    expect(heard.filter(({ source }) => source === 'function')).toHaveLength(5);
  });

  it('never holds a setting', async () => {
    const settings = { LENDING_KEY: 'planted-secret-value' };
    const { host, readLog } = await startTestHost({ files: { 'main.cjs': main }, settings });
    await host.invoke('daily');
    await host.killWorker();
    await host.restart();
    await host.stop();
    const text = JSON.stringify([await readLog(), host.status(), host.functions()]);
    expect(text).not.toContain('planted-secret-value');
  });

  it('can be followed from another process, from before it is there', async () => {
    const file = join(await temporaryFolder(), 'host.jsonl');
    const reading = new AbortController();
    const messages: string[] = [];
    const write = (message: string) =>
      JSON.stringify({ time: '', level: 'information', source: 'host', message });
    const writing = (async () => {
      await sleep(20);
      await appendFile(file, `${write('one · €')}\n${write('two').slice(0, 20)}`);
      await sleep(40);
      await appendFile(file, `${write('two').slice(20)}\n`);
    })();
    for await (const entry of followLogFile({ file, signal: reading.signal, pollMs: 10 })) {
      messages.push(entry.message);
      if (messages.length === 2) reading.abort();
    }
    await writing;
    expect(messages).toEqual(['one · €', 'two']);
  });
});
