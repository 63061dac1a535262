import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Makes a folder whole or not at all, once, whoever else is making it. `make` fills a folder beside
 * the wanted one, which then takes its name in one rename: a killed build leaves nothing half-made
 * under the wanted name. The lock only saves work: were two to build at once, the first rename wins
 * and both get the same folder. It counts while its holder touches it, for a holder's process id may
 * have become another's, and one that was killed at once has written none.
 */
export async function makeFolderOnce(args: {
  folder: string;
  make: (staging: string) => Promise<void>;
  pollMilliseconds?: number;
  /** After how long without a touch a lock counts no more. */
  staleMilliseconds?: number;
}): Promise<void> {
  const parent = dirname(args.folder);
  await mkdir(parent, { recursive: true });
  const lock = `${args.folder}.lock`;
  const staleMilliseconds = args.staleMilliseconds ?? 60_000;
  while (!(await exists(args.folder))) {
    if (!(await takeLock(lock, staleMilliseconds))) {
      await sleep(args.pollMilliseconds ?? 500);
      continue;
    }
    const stopTouching = keepTouching(lock, staleMilliseconds / 6);
    const staging = `${args.folder}.staging-${process.pid}`;
    try {
      await removeAbandoned(parent, `${basename(args.folder)}.staging-`);
      if (await exists(args.folder)) return;
      await mkdir(staging, { recursive: true });
      await args.make(staging);
      await rename(staging, args.folder).catch(async (error: unknown) => {
        if (!(await exists(args.folder))) throw error;
      });
    } finally {
      stopTouching();
      await rm(staging, { recursive: true, force: true });
      await rm(lock, { recursive: true, force: true });
    }
  }
}

async function takeLock(lock: string, staleMilliseconds: number): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''));
    const touchedAt = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    const isStale = Date.now() - touchedAt > staleMilliseconds;
    // An empty lock is one that its holder is about to fill.
    if (isStale || (holder !== 0 && !isAlive(holder))) await rm(lock, { force: true });
    return false;
  }
}

/** Says again and again, until it is called off, that a lock's holder is at work. */
function keepTouching(lock: string, everyMilliseconds: number): () => void {
  const timer = setInterval(() => {
    const now = new Date();
    // Gone where another took it for stale: then both build, and the first rename wins.
    utimes(lock, now, now).catch(() => undefined);
  }, everyMilliseconds);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

async function removeAbandoned(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const holder = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : 0;
    if (holder !== 0 && !isAlive(holder)) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
