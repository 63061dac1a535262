import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trustLocalCloud } from '../src/client/trust-local-cloud.mjs';
import { localDown } from '../src/daemon/local-down.ts';
import { localEnv } from '../src/daemon/local-env.ts';
import { localLogs } from '../src/daemon/local-logs.ts';
import { localReset } from '../src/daemon/local-reset.ts';
import { localStatus } from '../src/daemon/local-status.ts';
import { localUp } from '../src/daemon/local-up.ts';

const run = promisify(execFile);
let folder: string;
let stateFolder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daemon-'));
  stateFolder = join(folder, 'state');
});
afterAll(async () => {
  await localDown({ stateFolder });
  await rm(folder, { recursive: true, force: true });
});

const outsideProgram = `
import { DefaultAzureCredential, EnvironmentCredential } from '@azure/identity';
import { SecretClient } from '@azure/keyvault-secrets';
const origin = process.env.MISPRICED_LOCAL_CLOUD;
const credential = new EnvironmentCredential({ disableInstanceDiscovery: true });
const { token } = await credential.getToken(origin + '/.default');
const send = async (method, path, body) => {
  const answered = await fetch(origin + path, {
    method, body: body && JSON.stringify(body),
    headers: { authorization: 'Bearer ' + token, 'content-type': 'application/json' },
  });
  return { status: answered.status, body: await answered.json() };
};
const group = '/subscriptions/' + process.env.AZURE_SUBSCRIPTION_ID + '/resourceGroups/outside';
const made = await send('PUT', group + '?api-version=2024-03-01', { location: 'westeurope' });
const secret = new SecretClient(origin.replace('localhost', 'none.vault.localhost'), credential, {
  retryOptions: { maxRetries: 0 },
});
const missing = await secret.getSecret('a').catch((error) => error.code);
console.log(JSON.stringify({ made: made.status, missing }));
`;

describe('the local cloud in the background', () => {
  it('is not there at first, and says how to start it', async () => {
    expect((await localStatus({ stateFolder })).state).toBe('stopped');
    await expect(localEnv({ stateFolder })).rejects.toMatchObject({
      fix: 'Start it: npx mispriced local up',
    });
  });

  it('starts once, however often it is asked to, at the same moment too', async () => {
    const [one, two] = await Promise.all([localUp({ stateFolder }), localUp({ stateFolder })]);
    expect(one.state).toBe('running');
    expect(two.pid).toBe(one.pid);
    expect((await localUp({ stateFolder })).pid).toBe(one.pid);
  });

  it('is reached by a program that has its environment and nothing else', async () => {
    const environment = await localEnv({ stateFolder });
    const program = fileURLToPath(new URL('outside-program.mjs', import.meta.url));
    await writeFile(program, outsideProgram);
    try {
      const { stdout } = await run(process.execPath, [program], {
        env: { PATH: process.env['PATH'] ?? '', ...environment },
      });
      expect(JSON.parse(stdout)).toEqual({ made: 201, missing: 'VaultNotFound' });
    } finally {
      await rm(program);
    }
    expect(localLogs({ stateFolder })).toMatch(
      /resource-manager PUT localhost\/subscriptions\S+ 201/,
    );
  });

  it('keeps what it knew and its addresses over a stop, and no secret readable', async () => {
    const before = await localStatus({ stateFolder });
    const { AZURE_CLIENT_SECRET: secret = 'none' } = await localEnv({ stateFolder });
    expect((await localDown({ stateFolder })).state).toBe('running');
    expect((await localStatus({ stateFolder })).state).toBe('stopped');
    for (const entry of await readdir(stateFolder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const text = await readFile(join(entry.parentPath, entry.name), 'latin1');
      const isFound =
        text.includes(secret) || text.includes(Buffer.from(secret).toString('base64'));
      expect([entry.name, isFound]).toEqual([entry.name, false]);
    }
    const after = await localUp({ stateFolder });
    expect(after.origin).toBe(before.origin);
    expect((await localEnv({ stateFolder }))['AZURE_CLIENT_SECRET']).toBe(secret);
  });

  it('recognises a process that is gone, and starts again', async () => {
    const { pid } = await localStatus({ stateFolder });
    process.kill(pid ?? 0, 'SIGKILL');
    await expect.poll(async () => (await localStatus({ stateFolder })).state).toBe('stale');
    const again = await localUp({ stateFolder });
    expect([again.state, again.pid === pid]).toEqual(['running', false]);
  });

  it('never stops a process that is not it', async () => {
    const other = join(folder, 'other');
    await mkdir(other);
    const record = JSON.parse(await readFile(join(stateFolder, 'running.json'), 'utf8')) as object;
    await writeFile(
      join(other, 'running.json'),
      JSON.stringify({ ...record, pid: process.pid, identity: 'of another' }),
    );
    expect((await localDown({ stateFolder: other })).state).toBe('stale');
    expect(await readdir(other)).toEqual([]);
  });

  it('keeps one that does not answer, and stops it once it comes to it', async () => {
    const { pid } = await localStatus({ stateFolder });
    process.kill(pid ?? 0, 'SIGSTOP');
    try {
      expect(await localStatus({ stateFolder })).toMatchObject({ state: 'busy', pid });
      await expect(localUp({ stateFolder, timeoutSeconds: 1 })).rejects.toMatchObject({
        message: expect.stringContaining('does not answer') as string,
        fix: expect.not.stringContaining('reset') as string,
      });
      await expect(localDown({ stateFolder, timeoutSeconds: 1 })).rejects.toMatchObject({
        message: expect.stringContaining('has not yet') as string,
      });
      expect(await readdir(stateFolder)).toEqual(
        expect.arrayContaining(['running.json', 'daemon.lock']),
      );
    } finally {
      process.kill(pid ?? 0, 'SIGCONT');
    }
    await expect
      .poll(async () => (await localStatus({ stateFolder })).state, { timeout: 60_000 })
      .toBe('stopped');
    expect((await localUp({ stateFolder })).state).toBe('running');
  });

  it('leaves its record again where somebody took it away', async () => {
    const { pid } = await localStatus({ stateFolder });
    await rm(join(stateFolder, 'running.json'));
    const looked = async (): Promise<object> => localStatus({ stateFolder });
    await expect.poll(looked, { timeout: 60_000 }).toMatchObject({ state: 'running', pid });
  });

  it('closes its folder to others, and opens its control to those alone who may read it', async () => {
    await localDown({ stateFolder });
    await chmod(stateFolder, 0o755);
    // As a local cloud leaves it that was killed, once another process has got its number.
    const lock = JSON.stringify({ pid: process.pid, identity: 'of another' });
    await writeFile(join(stateFolder, 'daemon.lock'), lock);
    const { origin } = await localUp({ stateFolder });
    expect((await stat(stateFolder)).mode & 0o777).toBe(0o700);
    const written = await readdir(stateFolder, { recursive: true, withFileTypes: true });
    expect(written.map(({ name }) => name)).toContain('local-cloud.log');
    for (const { parentPath, name } of written) {
      const { mode } = await stat(join(parentPath, name));
      expect([name, mode & 0o077]).toEqual([name, 0]);
    }
    const environment = await localEnv({ stateFolder });
    const make = async (token: string): Promise<number> => {
      const answered = await fetch(`${origin ?? ''}/_control/service-principals`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ displayName: 'stranger' }),
      });
      return answered.status;
    };
    trustLocalCloud(environment['MISPRICED_LOCAL_CLOUD_CERTIFICATE'] ?? '');
    expect(await make('guessed')).toBe(401);
    expect(await make(environment['MISPRICED_LOCAL_CONTROL_TOKEN'] ?? '')).toBe(201);
  });

  it('forgets everything on reset, and nothing that is not its own', async () => {
    await localReset({ stateFolder, dryRun: true });
    expect((await localStatus({ stateFolder })).state).toBe('running');
    await localReset({ stateFolder });
    await expect(readdir(stateFolder)).rejects.toThrow('ENOENT');
    const other = join(folder, 'thesis');
    await run('mkdir', [other]);
    await writeFile(join(other, 'chapter.txt'), 'years of work');
    await expect(localReset({ stateFolder: other })).rejects.toThrow('not the state');
    await expect(localUp({ stateFolder: other })).rejects.toThrow('not the state');
    expect(await readdir(other)).toEqual(['chapter.txt']);
  });
});
