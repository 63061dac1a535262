import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockHolder, takeLock } from './lock.ts';
import { processIdentity } from './process-identity.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  file = join(folder, 'daemon.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('is had by one at a time, and by the next once it is given back', async () => {
  const lock = takeLock(folder);
  expect(lockHolder(folder)).toBe(process.pid);
  expect(takeLock(folder)).toBeNull();
  lock?.release();
  expect([lockHolder(folder), await readdir(folder)]).toEqual([null, []]);
  expect(takeLock(folder)).not.toBeNull();
});

it('is taken from the dead, from another with the number of a dead one, and where it is torn', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const { pid = 0 } = child;
  const ofChild = JSON.stringify({ pid, identity: processIdentity(pid) });
  await writeFile(file, ofChild);
  expect([lockHolder(folder), takeLock(folder)]).toEqual([pid, null]);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(lockHolder(folder)).toBeNull();
  for (const left of [ofChild, JSON.stringify({ pid: process.pid, identity: 'x' }), '{"pid":']) {
    await writeFile(file, left);
    const lock = takeLock(folder);
    expect(lockHolder(folder)).toBe(process.pid);
    lock?.release();
  }
});

it('is given back by its holder alone', async () => {
  const lock = takeLock(folder);
  await writeFile(file, 'of somebody else');
  lock?.release();
  expect(await readFile(file, 'utf8')).toBe('of somebody else');
});
