import { readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  claimOn,
  createWhole,
  draftOf,
  isLeftOver,
  livingHolder,
  newLockText,
  readIfThere,
} from './lock-file.ts';
import { processExists } from './process-identity.ts';

/** A lock that this process holds. */
export interface FileLock {
  /** Gives it back. */
  release(): void;
}

/**
 * Takes a lock that processes of one machine share, also from a process that died with it; null where
 * a living one has it. It is a file of that path, in a folder that is there.
 *
 * Whoever finds a dead holder does not remove its lock, for by the time it did so the lock could be
 * another's. It claims the succession first: a file named after the text of the dead lock, and no two
 * locks ever have the same text, so that of all that found this lock dead one alone can make that file.
 * The claim then takes the lock's name in one rename. A claimant that is killed before is succeeded in
 * the same way, by a claim on its claim. The last of this chain holds the lock.
 *
 * A claim is removed only after the lock itself got another text. So whoever has made one looks at
 * the lock once more: where the text is still what it began with, no claim on it was ever removed, and
 * its own is the first and only one. Otherwise it came too late, and its claim means nothing.
 *
 * @throws what the file system throws where the file cannot be made
 */
export function takeFileLock(path: string): FileLock | null {
  const text = newLockText();
  const draft = draftOf(path);
  for (;;) {
    const first = readIfThere(path);
    if (first === null) {
      if (createWhole(draft, path, text)) return held(path, text);
      continue;
    }
    const last = lastOfChain(path, first);
    if (livingHolder(last) !== null) return null;
    const claim = claimOn(path, last);
    if (!createWhole(draft, claim, text)) continue;
    if (readIfThere(path) === first) {
      renameSync(claim, path);
      removeLeftOver(path);
      return held(path, text);
    }
    rmSync(claim, { force: true });
  }
}

/** The number of the living process that has a lock, or is about to take it over; null where none has. */
export function fileLockHolder(path: string): number | null {
  const first = readIfThere(path);
  return first === null ? null : livingHolder(lastOfChain(path, first));
}

function lastOfChain(path: string, first: string): string {
  let last = first;
  for (;;) {
    const next = readIfThere(claimOn(path, last));
    if (next === null) return last;
    last = next;
  }
}

/** What claimants that were killed have left; this process has the lock. */
function removeLeftOver(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    if (isLeftOver(basename(path), name, processExists)) {
      rmSync(join(dirname(path), name), { force: true });
    }
  }
}

function held(path: string, text: string): FileLock {
  return {
    release: () => {
      if (readIfThere(path) === text) rmSync(path);
    },
  };
}
