import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processExists } from '@mispriced/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { localDown } from '../src/daemon/local-down.ts';
import { localLogs } from '../src/daemon/local-logs.ts';
import { localStatus } from '../src/daemon/local-status.ts';
import { localUp } from '../src/daemon/local-up.ts';
import { localEnv } from '../src/daemon/local-env.ts';
import { markedPackage, startFunctionAppTest } from './function-app.ts';

let stateFolder: string;
let masterKey: string;
beforeAll(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'apps-daemon-'));
  const apps = await startFunctionAppTest(stateFolder);
  const siteId = await apps.makeApp('trader');
  await apps.deploy('trader', markedPackage('kept'));
  const keys = await apps.post(`${siteId}/host/default/listKeys`);
  ({ masterKey } = keys.body as { masterKey: string });
  await apps.test.close();
});
afterAll(async () => {
  await localDown({ stateFolder });
  await rm(stateFolder, { recursive: true, force: true });
});

async function mark(): Promise<unknown> {
  const { origin } = await localStatus({ stateFolder });
  const host = `${origin ?? ''}/_host/trader.azurewebsites.localhost`;
  const answered = await fetch(`${host}/api/mark`, { headers: { 'x-functions-key': masterKey } });
  return answered.json();
}

async function appProcess(): Promise<number> {
  const { origin } = await localStatus({ stateFolder });
  const { MISPRICED_LOCAL_CONTROL_TOKEN: token } = await localEnv({ stateFolder });
  const headers = { authorization: `Bearer ${token ?? ''}` };
  const answered = await fetch(`${origin ?? ''}/_control/sites/trader`, { headers });
  return ((await answered.json()) as { processId: number }).processId;
}

it('apps run again after a stop and after the sudden death of the local cloud', async () => {
  await localUp({ stateFolder });
  expect(await mark()).toEqual({ mark: 'kept', given: null });
  const first = await appProcess();
  await localDown({ stateFolder });
  expect(processExists(first)).toBe(false);

  const { pid } = await localUp({ stateFolder });
  expect(await mark()).toEqual({ mark: 'kept', given: null });
  const second = await appProcess();
  process.kill(pid ?? 0, 'SIGKILL');
  await expect.poll(() => processExists(second), { timeout: 10_000 }).toBe(false);
  await localUp({ stateFolder });
  expect(await mark()).toEqual({ mark: 'kept', given: null });
  expect(localLogs({ stateFolder, app: 'trader' })).toContain('trader information Host started');
});
