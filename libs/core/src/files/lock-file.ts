import { createHash, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { mayStillLive, processIdentity } from './process-identity.ts';

const holderSchema = z.object({ pid: z.number().int().positive(), identity: z.string() });

let identityOfThisProcess: string | null = null;

/** The text of a lock of this process. No two are ever alike, so that a text names one lock alone. */
export function newLockText(): string {
  identityOfThisProcess ??= processIdentity(process.pid);
  return JSON.stringify({ pid: process.pid, identity: identityOfThisProcess, lock: randomUUID() });
}

/** The number of the living process that wrote a lock; null where it is dead or the text is torn. */
export function livingHolder(text: string): number | null {
  const holder = holderSchema.safeParse(parsed(text));
  if (!holder.success) return null;
  const { pid, identity } = holder.data;
  return mayStillLive(pid, identity) ? pid : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Where the right to succeed the dead holder of a lock is claimed. */
export function claimOn(lockPath: string, deadText: string): string {
  return `${lockPath}.${createHash('sha256').update(deadText).digest('hex').slice(0, 32)}.claim`;
}

/** Where a lock is written before it gets its name; tells whose it is. */
export function draftOf(lockPath: string): string {
  return `${lockPath}.${process.pid}.${randomUUID()}.draft`;
}

/** Whether a name beside that of a lock was left by somebody who was killed, while the lock is held. */
export function isLeftOver(
  lockName: string,
  name: string,
  isThere: (pid: number) => boolean,
): boolean {
  if (!name.startsWith(`${lockName}.`)) return false;
  const rest = name.slice(lockName.length + 1);
  // Nobody has a right to succeed a holder that lives: a claim there is on one that is long gone.
  if (/^[0-9a-f]{32}\.claim$/.test(rest)) return true;
  const draft = /^(\d+)\.[0-9a-f-]{36}\.draft$/.exec(rest);
  return draft !== null && !isThere(Number(draft[1]));
}

/** The text of a file; null where there is none. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Makes a file with all of its text at once; false where there is one of that name. */
export function createWhole(draft: string, path: string, text: string): boolean {
  writeFileSync(draft, text, { flag: 'wx' });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
