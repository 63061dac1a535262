import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startFunctionsHost } from '../src/host/start-functions-host.ts';
import { MemoryStateStore } from '../src/state/memory-state-store.ts';
import { startTestHost } from './start-test-host.ts';
import { writeApp } from './write-app.ts';

const main = `const { app } = require('@azure/functions');
app.timer('daily', { schedule: '%WHEN%', handler: async (timer, context) => { context.log('ran'); return { pastDue: timer.isPastDue }; } });
app.timer('broken', { schedule: 'often', handler: async () => {} });
app.http('guarded', { route: 'guarded/{id}', authLevel: 'function', handler: async () => ({ body: 'in' }) });`;

async function start() {
  const { host, readLog } = await startTestHost({
    files: { 'main.cjs': main },
    settings: { WHEN: '0 0 9 * * *', AzureFunctionsWebHost__hostid: 'mispriced-dev' },
  });
  const admin = async (method: string, path: string, body?: string) => {
    const headers = { 'x-functions-key': 'the-master-key', 'content-type': 'application/json' };
    const response = await fetch(`${host.url}/admin/${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  return { host, readLog, admin };
}

describe("the host's own routes (azure-functions-host HostController.cs, FunctionsController.cs)", () => {
  it('open to the master key alone', async () => {
    const { host } = await start();
    for (const key of ['', 'a-host-key', 'its-own-key']) {
      const headers = { 'x-functions-key': key };
      expect((await fetch(`${host.url}/admin/host/status`, { headers })).status).toBe(401);
    }
    expect((await fetch(`${host.url}/admin/host/status?code=the-master-key`)).status).toBe(200);
    expect((await fetch(`${host.url}/admin/host/ping`, { method: 'POST' })).status).toBe(200);
  });

  it('have fresh keys where none were given', async () => {
    const appFolder = await writeApp({ 'main.cjs': main });
    const stateStore = new MemoryStateStore();
    const options = { appFolder, settings: {}, stateStore, runTimers: false };
    const host = await startFunctionsHost({ ...options, logFile: join(appFolder, 'host.jsonl') });
    onTestFinished(() => host.stop());
    const { masterKey, functionKeys } = host.keys();
    expect(functionKeys['default']).not.toBe(masterKey);
    expect((await fetch(`${host.url}/admin/host/status?code=${masterKey}`)).status).toBe(200);
  });

  it('tell the state of the host', async () => {
    const { admin } = await start();
    const { body } = await admin('GET', 'host/status');
    expect(body).toMatchObject({ id: 'mispriced-dev', state: 'Running' });
    expect(body).not.toHaveProperty('errors');
  });

  it('tell why an app does not run', async () => {
    const { host } = await startTestHost({ files: { 'main.cjs': 'throw new Error("no key");' } });
    const response = await fetch(`${host.url}/admin/host/status?code=the-master-key`);
    const status = (await response.json()) as { state: string; errors: string[] };
    expect(status.state).toBe('Error');
    expect(status.errors[0]).toContain('no key');
    expect((await fetch(`${host.url}/api/anything`)).status).toBe(503);
  });

  it('list the functions that were loaded, with their triggers', async () => {
    const { host, admin } = await start();
    expect((await admin('GET', 'functions')).body).toMatchObject([
      {
        name: 'daily',
        invoke_url_template: null,
        isDisabled: false,
        config: { bindings: [{ type: 'timerTrigger', schedule: '0 0 9 * * *' }] },
      },
      { name: 'guarded', invoke_url_template: `${host.url}/api/guarded/{id}` },
    ]);
    expect((await admin('GET', 'functions/daily')).body).toMatchObject({ name: 'daily' });
    expect((await admin('GET', 'functions/other')).status).toBe(404);
  });

  it('tell which function is in error, while the host says that it runs', async () => {
    const { admin } = await start();
    expect((await admin('GET', 'functions/daily/status')).body).toEqual({});
    const { body } = await admin('GET', 'functions/broken/status');
    expect((body as { errors: string[] }).errors[0]).toContain("schedule expression 'often'");
    expect((await admin('GET', 'functions/other/status')).status).toBe(404);
  });

  it('start a timer now and answer 202 before it ends', async () => {
    const { host, admin, readLog } = await start();
    expect(await admin('POST', 'functions/daily', '{"input":""}')).toEqual({
      status: 202,
      body: null,
    });
    await host.whenIdle();
    expect((await readLog()).some(({ message }) => message === 'ran')).toBe(true);
    expect((await admin('POST', 'functions/other', '{"input":""}')).status).toBe(404);
    expect((await admin('POST', 'functions/daily', '')).status).toBe(400);
  });

  it('of our own: run a timer and answer with its result', async () => {
    const { admin } = await start();
    const answer = await admin('POST', 'local-cloud/functions/daily/invoke');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ returnValue: { pastDue: false }, error: null });
    const unknown = await admin('POST', 'local-cloud/functions/other/invoke');
    expect(unknown.status).toBe(400);
    expect(JSON.stringify(unknown.body)).toContain("no timer function 'other'");
  });

  it('answer 501 where the real host has what this one has not', async () => {
    const { admin } = await start();
    const { status, body } = await admin('GET', 'vfs/site/wwwroot/');
    expect(status).toBe(501);
    expect(JSON.stringify(body)).toContain('is not simulated');
    expect((await admin('POST', 'functions/guarded', '{"input":""}')).status).toBe(501);
  });

  it('sync triggers, and start the host again', async () => {
    const { host, admin } = await start();
    expect((await admin('POST', 'host/synctriggers')).body).toEqual({ status: 'success' });
    const before = host.status().instanceId;
    expect((await admin('POST', 'host/restart')).status).toBe(200);
    while (host.status().instanceId === before || host.status().state !== 'Running') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await host.invoke('daily')).toMatchObject({ error: null });
  });
});
