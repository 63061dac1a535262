import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { followLocalLogs, localLogs } from './local-logs.ts';

let stateFolder: string;
let appLog: string;
const entry = (second: number, message: string, more: object = {}): string =>
  `${JSON.stringify({ time: `2026-11-02T09:00:0${second}.000Z`, level: 'information', source: 'function', message, ...more })}\n`;

beforeAll(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'local-logs-'));
  const folder = join(stateFolder, 'services/function-apps/sites/trader');
  await mkdir(folder, { recursive: true });
  appLog = join(folder, 'host.log');
  await writeFile(
    join(stateFolder, 'local-cloud.log'),
    '2026-11-02T09:00:01.000Z storage GET a\n2026-11-02T09:00:03.000Z defect: Error: b\n    at c\n',
  );
  await writeFile(appLog, entry(2, 'bought', { functionName: 'daily-trade' }) + entry(4, 'done'));
});
afterAll(() => rm(stateFolder, { recursive: true, force: true }));

const appLines = [
  '2026-11-02T09:00:02.000Z trader information daily-trade: bought',
  '2026-11-02T09:00:04.000Z trader information done',
];

it('puts the logs of the cloud and of its apps together by time, the last lines of them', () => {
  expect(localLogs({ stateFolder }).split('\n')).toEqual([
    '2026-11-02T09:00:01.000Z storage GET a',
    appLines[0],
    '2026-11-02T09:00:03.000Z defect: Error: b',
    '    at c',
    appLines[1],
  ]);
  expect(localLogs({ stateFolder, lines: 1 })).toBe(appLines[1]);
});

it('shows one app alone, and names those there are for one that is not', () => {
  expect(localLogs({ stateFolder, app: 'Trader' }).split('\n')).toEqual(appLines);
  expect(() => localLogs({ stateFolder, app: 'other' })).toThrow('No function app other ran');
});

it('follows what is written, in whole lines', async () => {
  const stop = new AbortController();
  const lines = followLocalLogs({ stateFolder, app: 'trader', lines: 1, signal: stop.signal });
  expect((await lines.next()).value).toBe(appLines[1]);
  const next = lines.next();
  const written = entry(5, 'bought again');
  await appendFile(appLog, written.slice(0, 20));
  await appendFile(appLog, written.slice(20));
  expect((await next).value).toBe('2026-11-02T09:00:05.000Z trader information bought again');
  stop.abort();
  expect((await lines.next()).done).toBe(true);
});
