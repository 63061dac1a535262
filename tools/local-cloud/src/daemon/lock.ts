import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processExists } from './ask-health.ts';

/** The right to be the one local cloud of a folder. */
export interface Lock {
  release(): void;
}

/** Takes the lock, also from a process that died with it; null where a living one has it. */
export function takeLock(stateFolder: string): Lock | null {
  mkdirSync(stateFolder, { recursive: true, mode: 0o700 });
  const file = join(stateFolder, 'daemon.lock');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
      return {
        release: () => {
          rmSync(file, { force: true });
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(file, 'utf8'));
      if (holder > 0 && holder !== process.pid && processExists(holder)) return null;
      rmSync(file, { force: true });
    }
  }
  return null;
}
