import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { processExists } from './process-identity.ts';
import { withFileLock } from './with-file-lock.ts';

/**
 * Makes a folder whole or not at all, once, whoever else is making it. `make` fills a folder beside
 * the wanted one, which then takes its name in one rename: a killed build leaves nothing half-made
 * under the wanted name. Others wait meanwhile; where the builder is killed, one of them builds.
 *
 * @param args.isWhole where it takes more than that the folder is there; what is not whole is replaced
 * @param args.onWait called once, where another is building
 */
export async function makeFolderOnce(args: {
  folder: string;
  make: (staging: string) => Promise<void>;
  isWhole?: () => Promise<boolean>;
  pollMilliseconds?: number;
  onWait?: () => void;
}): Promise<void> {
  const isWhole = args.isWhole ?? (() => exists(args.folder));
  if (await isWhole()) return;
  const lock = {
    path: `${args.folder}.lock`,
    pollMilliseconds: args.pollMilliseconds ?? 500,
    ...(args.onWait && { onWait: args.onWait }),
  };
  await withFileLock(lock, async () => {
    await removeAbandoned(args.folder);
    if (await isWhole()) return;
    // A name of its own: what a killed builder had started may still write to the folder it had.
    const staging = `${args.folder}.staging-${process.pid}`;
    try {
      await rm(staging, { recursive: true, force: true });
      await mkdir(staging);
      await args.make(staging);
      await rm(args.folder, { recursive: true, force: true });
      await rename(staging, args.folder);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  });
}

async function removeAbandoned(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.staging-`;
  for (const name of await readdir(dirname(folder))) {
    const builder = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : 0;
    if (builder !== 0 && !processExists(builder)) {
      await rm(join(dirname(folder), name), { recursive: true, force: true });
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
