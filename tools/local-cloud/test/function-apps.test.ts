import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionAppTest, markedPackage, startFunctionAppTest } from './function-app.ts';

const succeeded = 4;
const failed = 3;
const everySecond = '* * * * * *';

interface Report {
  state: string;
  reason: string | null;
  package: string | null;
  logFile: string;
  restarts: { why: string; downAt: string; upAt: string | null }[];
}

let folder: string;
let apps: FunctionAppTest;
let siteId: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'function-apps-'));
  apps = await startFunctionAppTest(folder);
  siteId = await apps.makeApp('trader', { GIVEN: 'first' });
});
afterAll(async () => {
  await apps.test.close();
  await rm(folder, { recursive: true, force: true });
});

const report = async (name = 'trader') => (await apps.control('GET', `/sites/${name}`)) as Report;
const mark = async (name = 'trader'): Promise<unknown> => {
  const answered = await apps.ask(name, '/api/mark');
  return answered.status === 200 ? answered.json() : answered.status;
};

describe('function apps of the local cloud', () => {
  it('answer 503 until something is deployed', async () => {
    expect(await mark()).toBe(503);
    await expect.poll(() => report()).toMatchObject({ state: 'stopped', package: null });
  });

  it('take packages only from those who may publish', async () => {
    const zip = markedPackage('one');
    expect((await apps.deploy('trader', zip, 'no-token')).status).toBe(401);
    const reader = apps.test.cloud.createServicePrincipal({ displayName: 'somebody' });
    const { origin } = apps.test.cloud.addresses;
    const { token } = await apps.test.credential(reader).getToken(`${origin}/.default`);
    expect((await apps.deploy('trader', zip, token)).status).toBe(403);
  });

  it('run what is deployed, with their settings, and keep it in their container', async () => {
    const { status, log } = await apps.deploy('trader', markedPackage('one'));
    expect([status, log]).toEqual([succeeded, expect.stringContaining('SyncTriggerStep')]);
    expect(await mark()).toEqual({ mark: 'one', given: 'first' });
    const published = apps.test.cloud.requests().filter(({ path }) => path === '/api/publish');
    expect(published.map(({ service, status: each }) => [service, each])).toEqual([
      ...[401, 403, 202].map((each) => ['deployment', each]),
    ]);
    const { body } = await apps.test.cloud.request(
      'GET',
      `${siteId}/functions?api-version=2025-05-01`,
    );
    const names = (body as { value: { name: string }[] }).value.map(({ name }) => name);
    expect(names.sort()).toEqual(['trader/mark', 'trader/tick']);
  });

  it('restart when a setting changes, after the time that is set, and record it', async () => {
    apps.test.cloud.setSettings({ siteRestartSeconds: 1 });
    await apps.putSettings('trader', { ...apps.hostSettings(), GIVEN: 'second' });
    expect(await mark()).toBe(503);
    await expect.poll(() => mark(), { timeout: 60_000 }).toEqual({ mark: 'one', given: 'second' });
    const { restarts } = await report();
    const last = restarts.at(-1);
    expect(last?.why).toBe('change');
    const downMilliseconds = Date.parse(last?.upAt ?? '') - Date.parse(last?.downAt ?? '');
    expect(downMilliseconds).toBeGreaterThanOrEqual(1000);
    apps.test.cloud.setSettings({ siteRestartSeconds: 0 });
  });

  it('fire timers, every second if so asked, and leave their log and state', async () => {
    await apps.makeApp('ticker');
    await apps.deploy('ticker', markedPackage('ticks', everySecond));
    const { logFile } = await report('ticker');
    const ticks = async () => (await readFile(logFile, 'utf8')).split('"ticked"').length - 1;
    await expect.poll(ticks, { timeout: 60_000 }).toBeGreaterThan(2);
  });

  it('fail to be deployed to, as on Azure, when their container is closed to them', async () => {
    apps.test.cloud.setFaults([
      {
        kind: 'status',
        service: 'storage',
        method: 'PUT',
        status: 403,
        skip: 0,
        count: 10,
        path: '/app-trader/',
        code: 'AuthorizationPermissionMismatch',
        message: 'This request is not authorized to perform this operation using this permission.',
      },
    ]);
    const { status, log } = await apps.deploy('trader', markedPackage('two'));
    apps.test.cloud.setFaults([]);
    expect(status).toBe(failed);
    expect(log).toContain('InaccessibleStorageException');
    expect(log).toContain('403 (This request is not authorized');
    expect(await mark()).toEqual({ mark: 'one', given: 'second' });
  });

  it('are ill without their host storage, say so as Azure does, and mend with the setting', async () => {
    await apps.putSettings('trader', {
      AzureWebJobsStorage: `DefaultEndpointsProtocol=https;AccountName=appdata;AccountKey=${Buffer.alloc(64).toString('base64')};BlobEndpoint=${apps.test.cloud.addresses.hosted('blob', 'appdata')}`,
    });
    await expect.poll(async () => (await report()).state, { timeout: 60_000 }).toBe('failed');
    expect((await report()).reason).toContain('Blob Storage Secret Repository');
    for (const path of ['/host/default/listKeys', '/host/default/sync', '/syncfunctiontriggers']) {
      const answered = await apps.post(`${siteId}${path}`);
      expect(answered.status).toBe(400);
      expect(JSON.stringify(answered.body)).toContain('(InternalServerError) from host runtime');
    }
    await apps.putSettings('trader', apps.hostSettings());
    await expect.poll(() => mark(), { timeout: 60_000 }).toEqual({ mark: 'one', given: null });
  });

  it('have deployments that are held, forgotten and failed on request', async () => {
    await apps.control('PUT', '/deployments', { held: true });
    const held = apps.deploy('trader', markedPackage('three'));
    await expect
      .poll(async () => (await apps.deploy('trader', markedPackage('four'))).status)
      .toBe(409);
    await apps.control('PUT', '/deployments', { held: false, failure: 'No room.' });
    const { status, log } = await held;
    expect(status).toBe(failed);
    expect(log).toContain('No room.');
    expect(await apps.control('GET', '/deployments')).toMatchObject({ held: false, failure: null });
  });

  it('run again after a restart of the local cloud with what was deployed last', async () => {
    const before = (await report()).package;
    await apps.test.close();
    apps = await startFunctionAppTest(folder);
    expect(await report()).toMatchObject({ state: 'running', package: before });
    expect(await report('ticker')).toMatchObject({ state: 'running' });
    expect(await mark()).toEqual({ mark: 'one', given: null });
  });
});
