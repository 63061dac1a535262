import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { processIdentity } from './process-identity.ts';

/** The right to be the one local cloud of a folder. */
interface Lock {
  release(): void;
}

const holderSchema = z.object({ pid: z.number().int().positive(), identity: z.string() });
const fileOf = (stateFolder: string): string => join(stateFolder, 'daemon.lock');

/**
 * Takes the lock of a folder that is there, also from a process that died with it; null where a
 * living one has it. A process that got a dead one's number later is not taken for it.
 */
export function takeLock(stateFolder: string): Lock | null {
  const file = fileOf(stateFolder);
  const own = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) });
  const written = `${file}.${process.pid}`;
  writeFileSync(written, own, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      if (link(written, file))
        return {
          release: () => {
            removeOwn(file, own);
          },
        };
      if (lockHolder(stateFolder) !== null || !removeDead(file)) return null;
    }
    return null;
  } finally {
    rmSync(written, { force: true });
  }
}

/** The number of the living process that has the lock; null where none has. */
export function lockHolder(stateFolder: string): number | null {
  return livingHolder(read(fileOf(stateFolder)));
}

/** Whole or not at all: a lock that is still being written would look like a dead one's. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** False where, meanwhile, somebody else took the dead one's lock: that one is put back. */
function removeDead(file: string): boolean {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
  const isDead = livingHolder(read(aside)) === null;
  if (!isDead) link(aside, file);
  rmSync(aside);
  return isDead;
}

function removeOwn(file: string, own: string): void {
  if (read(file) === own) rmSync(file);
}

function livingHolder(text: string): number | null {
  try {
    const { pid, identity } = holderSchema.parse(JSON.parse(text));
    return processIdentity(pid) === identity ? pid : null;
  } catch {
    return null;
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
