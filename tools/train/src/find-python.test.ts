import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPython } from './find-python.ts';
import { ensurePythonEnvironment } from './python-environment.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-python-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** A program that passes for a Python of a version, and does nothing else well. */
async function fakePython(name: string, version: string, otherwise = 'exit 1'): Promise<string> {
  const path = join(folder, name);
  const identity = `{"version": [${version}], "implementation": "cpython", "machine": "test"}`;
  await writeFile(path, `#!/bin/sh\n[ "$1" = -c ] && echo '${identity}' && exit 0\n${otherwise}\n`);
  await chmod(path, 0o755);
  return path;
}

describe.skipIf(process.platform === 'win32')('findPython', () => {
  it('takes the one that is named', async () => {
    const path = await fakePython('mine', '3, 14, 2');
    const found = await findPython({ MISPRICED_PYTHON: path });
    expect(found).toEqual({ command: path, identity: 'cpython-3.14.2-test' });
  });

  it('passes over one that is too old', async () => {
    await fakePython('python3', '3, 10, 1');
    const newer = await fakePython('python3.12', '3, 12, 0');
    const found = await findPython({ PATH: folder });
    expect(found.identity).toBe('cpython-3.12.0-test');
    await rm(newer);
    await expect(findPython({ PATH: folder })).rejects.toThrow('python3 is 3.10.1');
  });

  it('says what to install where there is none', async () => {
    await expect(findPython({ PATH: join(folder, 'empty') })).rejects.toMatchObject({
      code: 'PYTHON_UNAVAILABLE',
      fix: expect.stringContaining('Install Python') as string,
    });
  });
});

describe.skipIf(process.platform === 'win32')('ensurePythonEnvironment', () => {
  const environmentOf = (python: string): Record<string, string | undefined> => ({
    PATH: process.env['PATH'],
    MISPRICED_PYTHON: python,
    MISPRICED_CACHE: join(folder, 'cache'),
  });

  it('passes on what Debian says where venv is a package of its own', async () => {
    const says = 'echo "ensurepip is not available. apt install python3.11-venv"; exit 1';
    const environment = environmentOf(await fakePython('debian', '3, 11, 2', says));
    await expect(ensurePythonEnvironment({ environment })).rejects.toMatchObject({
      code: 'PYTHON_UNAVAILABLE',
      message: expect.stringContaining('ensurepip is not available') as string,
      fix: expect.stringContaining('python3-venv') as string,
    });
  });

  it('passes on what pip says, without the credentials of its index', async () => {
    const pip =
      '[ "$1$2" = -mvenv ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && exit 0\n' +
      'echo "Could not fetch https://me:secret@index.example/simple" >&2; exit 1';
    const environment = environmentOf(await fakePython('offline', '3, 11, 2', pip));
    const error: unknown = await ensurePythonEnvironment({ environment }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'PYTHON_UNAVAILABLE', retryable: true });
    expect(String(error)).toContain('https://***@index.example/simple');
    expect(String(error)).not.toContain('secret');
  });
});
