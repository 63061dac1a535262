import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseStackName } from '@mispriced/infra/stack';
import { z } from 'zod';
import { engineOptions, type EnvironmentArgs } from './open-stack.ts';
import { recordsFolder, removeHalfWritten, stacksIn } from './records-folder.ts';
import type { StackLock } from './stack-lock.ts';

/** Source: pulumi `pkg/backend/diy/lock.go`, `lockContent`. */
const lockSchema = z.object({
  pid: z.number(),
  username: z.string(),
  hostname: z.string(),
  timestamp: z.string(),
});

/**
 * Removes records of previews that a killed run left torn. Pulumi writes them in place where they are
 * files on a disk, and one that it cannot read keeps it from listing any. Nothing is lost: what exists
 * is found by its tags. A record is left alone while somebody may still be at writing it.
 *
 * @returns The names of the stacks whose record was removed.
 */
export async function mendRecords(
  args: Omit<EnvironmentArgs, 'stackName'> & { isStale: (lock: StackLock) => boolean },
): Promise<string[]> {
  const folder = await folderOf(args);
  if (folder === null) return [];
  const stacks = stacksIn(folder);
  const removed: string[] = [];
  for (const file of await namesIn(stacks)) {
    const [, name = '', ending] = /^(.+)\.json((?:\.bak)?(?:\.attrs)?)$/.exec(file) ?? [];
    const stack = parseStackName(name);
    if (typeof stack === 'string' || stack.kind !== 'preview') continue;
    if (await isWhole(join(stacks, file))) continue;
    const locks = join(folder, 'locks', 'organization', 'mispriced', name);
    const held = await Promise.all(
      (await namesIn(locks)).map((each) => readLock(join(locks, each))),
    );
    if (held.some((lock) => lock !== null && !args.isStale(lock))) continue;
    if (ending !== '') {
      // A copy, or what is said of the file beside it: the record itself can be read without.
      await rm(join(stacks, file), { force: true });
      continue;
    }
    args.report?.(`the record of ${name} is torn: removing it`);
    await rm(locks, { recursive: true, force: true });
    for (const kind of ['backups', 'history']) {
      await rm(join(folder, kind, 'mispriced', name), { recursive: true, force: true });
    }
    // Itself last, for by it the rest is found again.
    for (const more of ['.attrs', '.bak.attrs', '.bak', '']) {
      await rm(join(stacks, file + more), { force: true });
    }
    await removeHalfWritten(folder, name);
    removed.push(name);
  }
  return removed;
}

async function folderOf(args: Omit<EnvironmentArgs, 'stackName'>): Promise<string | null> {
  const named = args.environment?.['PULUMI_BACKEND_URL'] ?? process.env['PULUMI_BACKEND_URL'] ?? '';
  return recordsFolder(named, named === '' ? (await engineOptions(args, 'dev')).workDir : '');
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

async function isWhole(file: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

/** A lock that is torn as well was written by who is gone; null then. */
async function readLock(file: string): Promise<StackLock | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  try {
    const { pid, username, hostname, timestamp } = lockSchema.parse(JSON.parse(text));
    const holder = `${username}@${hostname} (pid ${pid})`;
    return { holder, host: hostname, processId: pid, since: new Date(timestamp) };
  } catch {
    return null;
  }
}
