import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePythonEnvironment } from '../src/python-environment.ts';
import { runProcess } from '../src/run-process.ts';
import { pythonForTests } from '../test-support/index.ts';
import { patiently } from './patiently.ts';

const python = await pythonForTests();
const module = new URL('../src/python-environment.ts', import.meta.url).href;
let folder = '';
let requirementsPath = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'python-environment-'));
  requirementsPath = join(folder, 'requirements.txt');
  // No package at all: only the making of the environment is tried here, not the network.
  await writeFile(requirementsPath, '# none\n');
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe.skipIf(python === null)('ensurePythonEnvironment', patiently, () => {
  it('survives a killed install, and installs once for two that start together', async () => {
    const environment = { ...process.env, MISPRICED_CACHE: folder };
    const script =
      `const { ensurePythonEnvironment } = await import(${JSON.stringify(module)});` +
      `await ensurePythonEnvironment(${JSON.stringify({ environment, requirementsPath })});`;
    const killed = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: 'ignore',
    });
    const isBuilding = async (): Promise<boolean> => {
      const building = (await readdir(folder)).find((name) => name.includes('.staging-'));
      return building !== undefined && (await readdir(join(folder, building))).length > 0;
    };
    while (!(await isBuilding())) await sleep(20);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect((await readdir(folder)).filter((name) => !name.includes('.'))).toEqual([]);

    const lines: string[] = [];
    const options = {
      environment,
      requirementsPath,
      onProgress: (line: string) => {
        lines.push(line);
      },
    };
    const [first, second] = await Promise.all([
      ensurePythonEnvironment(options),
      ensurePythonEnvironment(options),
    ]);
    expect(second).toEqual(first);
    expect(lines.filter((line) => line.startsWith('Installing'))).toHaveLength(1);
    const names = await readdir(folder);
    expect(names.filter((name) => name.includes('.lock'))).toEqual([]);
    const asked = await runProcess({
      command: first.python,
      arguments: ['-c', 'import sys; print(sys.prefix)'],
      environment,
    });
    expect(asked.standardOutput.trim()).toBe(first.folder);

    // An environment that lost its interpreter is made again.
    await rm(first.python);
    const again = await ensurePythonEnvironment(options);
    await access(again.python);
  });
});
