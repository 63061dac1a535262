import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MispricedError } from '@mispriced/core';

/**
 * Makes this process the only one that uses a folder. A lock whose process is gone is taken over.
 *
 * @returns What gives the folder back.
 * @throws MispricedError `STORE_CONFLICT` naming the process that uses it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'in-use');
  const holder = Number(await readFile(path, 'utf8').catch(() => ''));
  if (holder > 0 && isAlive(holder)) throw inUse(folder, holder);
  await rm(path, { force: true });
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
  } catch {
    throw inUse(folder, Number(await readFile(path, 'utf8').catch(() => '0')));
  }
  return () => rm(path, { force: true });
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

function inUse(folder: string, processId: number): MispricedError {
  return new MispricedError({
    code: 'STORE_CONFLICT',
    message: `${folder} is in use by another command (process ${processId}).`,
    fix: 'Wait until it has ended, or name another folder with --state.',
    retryable: true,
  });
}
