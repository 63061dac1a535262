import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileLockHolder, takeFileLock } from './file-lock.ts';
import { claimOn, livingHolder } from './lock-file.ts';
import { processIdentity } from './process-identity.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  path = join(folder, 'one.lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const deadText = (lock: string): string =>
  JSON.stringify({ pid: process.pid, identity: 'x', lock });

describe('takeFileLock', () => {
  it('is had by one at a time, and by the next once it is given back', async () => {
    const lock = takeFileLock(path);
    expect(fileLockHolder(path)).toBe(process.pid);
    expect(takeFileLock(path)).toBeNull();
    lock?.release();
    expect([fileLockHolder(path), await readdir(folder)]).toEqual([null, []]);
    expect(takeFileLock(path)).not.toBeNull();
  });

  it('is taken from the dead, from another with the number of a dead one, and where it is torn', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const { pid = 0 } = child;
    const ofChild = JSON.stringify({ pid, identity: processIdentity(pid) });
    await writeFile(path, ofChild);
    expect([fileLockHolder(path), takeFileLock(path)]).toEqual([pid, null]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(fileLockHolder(path)).toBeNull();
    for (const left of [ofChild, deadText('a'), '{"pid":', '']) {
      await writeFile(path, left);
      const lock = takeFileLock(path);
      expect(fileLockHolder(path)).toBe(process.pid);
      lock?.release();
      expect(await readdir(folder)).toEqual([]);
    }
  });

  it('is given back by its holder alone', async () => {
    const lock = takeFileLock(path);
    await writeFile(path, 'of somebody else');
    lock?.release();
    expect(await readFile(path, 'utf8')).toBe('of somebody else');
  });

  it('is taken over from one that was killed while it took it over from a dead one', async () => {
    await writeFile(path, deadText('first'));
    await writeFile(claimOn(path, deadText('first')), deadText('second'));
    await writeFile(claimOn(path, deadText('second')), deadText('third'));
    await writeFile(`${path}.4194999.3d9c1f1c-0000-4000-8000-000000000000.draft`, 'never linked');
    await writeFile(join(folder, 'one.lock.txt'), 'not of the lock');
    const lock = takeFileLock(path);
    expect(fileLockHolder(path)).toBe(process.pid);
    expect((await readdir(folder)).sort()).toEqual(['one.lock', 'one.lock.txt']);
    lock?.release();
  });

  it('is left to a living one that is about to take it over', async () => {
    await writeFile(path, deadText('first'));
    const claimant = { pid: process.pid, identity: processIdentity(process.pid) };
    await writeFile(claimOn(path, deadText('first')), JSON.stringify(claimant));
    expect([takeFileLock(path), fileLockHolder(path)]).toEqual([null, process.pid]);
  });

  it('fails where its folder is not there', () => {
    expect(() => takeFileLock(join(folder, 'none', 'one.lock'))).toThrow('ENOENT');
  });
});

describe('livingHolder', () => {
  it('takes a process whose beginning nobody tells for the holder', () => {
    const text = JSON.stringify({ pid: process.pid, identity: 'of an unknown beginning' });
    expect(livingHolder(text)).toBe(process.pid);
  });
});
