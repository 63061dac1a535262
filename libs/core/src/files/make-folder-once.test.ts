import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeFolderOnce } from './make-folder-once.ts';

const temporary = () => mkdtemp(join(tmpdir(), 'make-folder-once-'));

describe('makeFolderOnce', () => {
  it('builds once for two callers at the same time', async () => {
    const parent = await temporary();
    let builds = 0;
    const call = () =>
      makeFolderOnce({
        folder: join(parent, 'wanted'),
        pollMilliseconds: 10,
        make: async (staging) => {
          builds += 1;
          await sleep(50);
          await writeFile(join(staging, 'program'), 'whole');
        },
      });
    await Promise.all([call(), call()]);
    expect(builds).toBe(1);
    expect(await readFile(join(parent, 'wanted', 'program'), 'utf8')).toBe('whole');
    expect(await readdir(parent)).toEqual(['wanted']);
  });

  it('leaves nothing when the build fails, and may be tried again', async () => {
    const parent = await temporary();
    const folder = join(parent, 'wanted');
    const failing = makeFolderOnce({ folder, make: () => Promise.reject(new Error('no network')) });
    await expect(failing).rejects.toThrow('no network');
    expect(await readdir(parent)).toEqual([]);
    await makeFolderOnce({ folder, make: (staging) => writeFile(join(staging, 'program'), '') });
    expect(existsSync(join(folder, 'program'))).toBe(true);
  });

  it('takes over from a builder that was killed, and clears what it left', async () => {
    const parent = await temporary();
    const folder = join(parent, 'wanted');
    const module = new URL('./make-folder-once.ts', import.meta.url).href;
    const builder = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `import { makeFolderOnce } from ${JSON.stringify(module)};
       import { writeFileSync } from 'node:fs';
       await makeFolderOnce({ folder: ${JSON.stringify(folder)}, make: async (staging) => {
         writeFileSync(staging + '/program', 'half');
         console.log('building');
         await new Promise((resolve) => setTimeout(resolve, 60_000));
       } });`,
    ]);
    await once(builder.stdout, 'data');
    builder.kill('SIGKILL');
    await once(builder, 'close');
    expect(existsSync(folder)).toBe(false);
    await makeFolderOnce({
      folder,
      pollMilliseconds: 10,
      make: (staging) => writeFile(join(staging, 'program'), 'whole'),
    });
    expect(await readFile(join(folder, 'program'), 'utf8')).toBe('whole');
    expect(await readdir(parent)).toEqual(['wanted']);
  });

  it.each([
    ['that nothing was written into', ''],
    ['whose process id is another by now', String(process.pid)],
  ])('does not wait for a lock %s', async (_, holder) => {
    const parent = await temporary();
    const lock = join(parent, 'wanted.lock');
    await writeFile(lock, holder);
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(lock, longAgo, longAgo);
    const make = (staging: string) => writeFile(join(staging, 'program'), 'whole');
    await makeFolderOnce({ folder: join(parent, 'wanted'), pollMilliseconds: 10, make });
    expect(await readdir(parent)).toEqual(['wanted']);
  });

  it('waits for a builder that takes long, however old its lock is', async () => {
    const parent = await temporary();
    const folder = join(parent, 'wanted');
    const builds: string[] = [];
    const call = (name: string, others: () => Promise<void>) =>
      makeFolderOnce({
        folder,
        pollMilliseconds: 10,
        make: async () => {
          builds.push(name);
          await others();
        },
      });
    let second: Promise<void> | undefined;
    await call('first', async () => {
      const longAgo = new Date(Date.now() - 3_600_000);
      await utimes(`${folder}.lock`, longAgo, longAgo);
      second = call('second', () => Promise.resolve());
      await sleep(60);
    });
    await second;
    expect(builds).toEqual(['first']);
  });

  it('makes a folder again that is not whole, in place of what is there', async () => {
    const folder = join(await temporary(), 'wanted');
    await mkdir(folder);
    await writeFile(join(folder, 'old'), '');
    const isWhole = () => Promise.resolve(existsSync(join(folder, 'program')));
    const make = (staging: string) => writeFile(join(staging, 'program'), 'whole');
    await makeFolderOnce({ folder, isWhole, make });
    expect(await readdir(folder)).toEqual(['program']);
  });

  it('fails, and does not wait, where it cannot write a lock', async () => {
    const parent = await temporary();
    await mkdir(join(parent, 'folder'));
    const folder = join(parent, 'folder', 'x'.repeat(250));
    await expect(makeFolderOnce({ folder, make: () => Promise.resolve() })).rejects.toThrow(
      'ENAMETOOLONG',
    );
  });

  it('does not touch the work of a builder that is still alive', async () => {
    const parent = await temporary();
    const alive = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    const others = join(parent, `wanted.staging-${String(alive.pid)}`);
    await mkdir(others);
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    await mkdir(join(parent, `wanted.staging-${dead}`));
    await makeFolderOnce({ folder: join(parent, 'wanted'), make: () => Promise.resolve() });
    alive.kill();
    expect((await readdir(parent)).sort()).toEqual([
      'wanted',
      `wanted.staging-${String(alive.pid)}`,
    ]);
  });
});
