import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandEnd, runCommand } from './support/run-command.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../bin/mispriced.mjs', import.meta.url));
let folder: string;
let state: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-'));
  // What a shell has to be told to take as it stands.
  state = join(folder, 'it\'s a $HOME of "clouds"');
});
afterAll(async () => {
  await local('down');
  await rm(folder, { recursive: true, force: true });
});

const local = (...words: readonly string[]): Promise<CommandEnd> =>
  runCommand(['local', ...words, '--state', state]);
const value = async (...words: readonly string[]): Promise<Record<string, unknown>> => {
  const { stdout } = await local(...words, '--json');
  return JSON.parse(stdout) as Record<string, unknown>;
};

describe('mispriced local', () => {
  it.each(['up', 'down', 'status', 'reset', 'env', 'logs'])(
    '%s --help has an example',
    async (name) => {
      const { exitCode, stdout } = await runCommand(['local', name, '--help']);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/Example:\n {2}(eval "\$\()?mispriced local /);
    },
  );

  it.each([
    [['logs', '--lines', 'abc']],
    [['logs', '--lines', '0']],
    [['logs', '--follow', '--json']],
    [['status', '--loud']],
    [['sideways']],
  ])('%j is wrong use', async (words) => {
    expect((await runCommand(['local', ...words])).exitCode).toBe(2);
  });

  it('says that none runs, how to start it, and does no harm where none is', async () => {
    expect((await local('status')).stdout).toBe('the local cloud is stopped\n');
    expect(await value('status')).toMatchObject({ state: 'stopped', pid: null, origin: null });
    const { exitCode, stdout, stderr } = await local('env');
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('npx mispriced local up');
    expect((await local('down')).stdout).toBe('no local cloud was running\n');
    expect((await local('reset')).exitCode).toBe(0);
    expect(existsSync(state)).toBe(false);
  });

  it('starts one and says where it and its market are', async () => {
    const up = await value('up');
    expect(up).toMatchObject({
      state: 'running',
      services: { market: expect.any(String) as unknown },
    });
    const { stdout } = await local('status');
    expect(stdout).toContain(`runs at ${String(up['origin'])} (process ${String(up['pid'])})`);
    expect(stdout).toContain(`market  ${(up['services'] as { market: string }).market}`);
    expect(await value('status')).toEqual(up);
  });

  it('prints for a shell what it prints as JSON, whatever the values hold', async () => {
    const environment = await value('env');
    expect(environment).toMatchObject({
      MISPRICED_LOCAL_FOLDER: state,
      PULUMI_DEBUG_PROVIDERS: expect.stringMatching(/^azure-native:\d+$/) as unknown,
    });
    const { stdout: exports } = await local('env');
    const names = Object.keys(environment);
    // Without the program's own NODE_OPTIONS, which would have this node load what the shell is told.
    const print = `process.stdout.write(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name])))`;
    const script =
      'eval "$1"; NODE_OPTIONS_SEEN=$NODE_OPTIONS; unset NODE_OPTIONS; exec "$2" -e "$3"';
    const { stdout } = await run('sh', ['-c', script, 'sh', exports, process.execPath, print], {
      env: { PATH: process.env['PATH'] ?? '' },
    });
    const seen = JSON.parse(stdout) as (string | null)[];
    const expected = names.map((name) => (name === 'NODE_OPTIONS' ? null : environment[name]));
    expect(seen).toEqual(expected);
  });

  it('shows the end of its log, and goes on until it is interrupted', async () => {
    const { lines } = (await value('logs', '--lines', '1')) as { lines: string[] };
    expect(lines).toHaveLength(1);
    expect((await local('logs', '--lines', '1')).stdout).toBe(`${lines[0] ?? ''}\n`);
    const environment = await value('env');
    const following = spawn(process.execPath, [
      ...[program, 'local', 'logs', '--follow', '--lines', '1', '--state', state],
    ]);
    const said = createInterface({ input: following.stdout })[Symbol.asyncIterator]();
    expect((await said.next()).value).toBe(lines[0]);
    // The certificate is the local cloud's own; plain HTTP shows up in its log just as well.
    await fetch(String(environment['MISPRICED_LOCAL_CLOUD_PROXY']) + '/msi/token');
    expect((await said.next()).value).toMatch(/ identity GET 127\.0\.0\.1\/msi\/token 403$/);
    following.kill('SIGINT');
    expect(await once(following, 'exit')).toEqual([0, null]);
  });

  it('forgets everything on reset, after it has told what it would forget', async () => {
    const told = await value('reset', '--dry-run');
    expect(told).toEqual({ state: 'running', stateFolder: state, removed: false });
    expect((await local('reset', '--dry-run')).stdout).toContain(`${state} would be removed`);
    expect((await value('status'))['state']).toBe('running');
    expect(await value('reset')).toEqual({ state: 'stopped', stateFolder: state, removed: true });
    expect(existsSync(state)).toBe(false);
    expect((await value('status'))['state']).toBe('stopped');
  });
});
