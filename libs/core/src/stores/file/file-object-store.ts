import { createHash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { MispricedError } from '../../domain/index.ts';
import type {
  ContainerNames,
  Lease,
  ObjectStore,
  StoredObject,
  WriteCondition,
} from '../object-store.ts';
import { acquireFileLease } from './file-lease.ts';
import { withFileLock } from '../../files/with-file-lock.ts';

/** A lock guards milliseconds of work. */
const waiting = { pollMilliseconds: 5, giveUpAfterMilliseconds: 20_000 };

/** Keeps objects as plain files below a folder: for one machine, with nothing to install. */
export function createFileObjectStore(args: {
  folder: string;
  names?: ContainerNames;
  now: () => Date;
  sleep: (milliseconds: number) => Promise<void>;
}): ObjectStore {
  const folderOf = (container: string): string =>
    join(args.folder, args.names?.[container] ?? container);
  const pathOf = (container: string, path: string): string =>
    join(folderOf(container), ...path.split('/'));
  const locked = <Result>(path: string, work: () => Promise<Result>): Promise<Result> =>
    withFileLock({ ...waiting, path: `${path}.lock`, sleep: args.sleep }, work);

  return {
    location: args.folder,
    locate: pathOf,
    read: (container, path) => reachable(args.folder, () => readObject(pathOf(container, path))),
    write: (container, path, bytes, condition) =>
      reachable(args.folder, () => {
        const file = pathOf(container, path);
        return locked(file, () => writeObject(file, bytes, condition));
      }),
    list: (container, prefix) =>
      reachable(args.folder, () => listObjects(folderOf(container), prefix)),
    append: (container, path, bytes, offset) =>
      reachable(args.folder, () => {
        const file = pathOf(container, path);
        return locked(file, () => appendObject(file, bytes, offset));
      }),
    acquireLease: (container, path, durationSeconds): Promise<Lease | null> =>
      reachable(args.folder, () => {
        const file = `${pathOf(container, path)}.lease`;
        return acquireFileLease({ path: file, durationSeconds, now: args.now, locked });
      }),
  };
}

async function readObject(path: string): Promise<StoredObject | null> {
  try {
    const bytes = await readFile(path);
    return { bytes, etag: etagOf(bytes) };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function writeObject(
  path: string,
  bytes: Uint8Array,
  condition: WriteCondition,
): Promise<string> {
  const current = condition === 'any' ? null : await readObject(path);
  if (condition === 'absent' && current !== null) throw conflict(path, 'it already exists');
  if (typeof condition === 'object' && current?.etag !== condition.etag) {
    throw conflict(path, 'it was changed by somebody else');
  }
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  if (condition === 'absent') {
    try {
      await link(temporary, path);
    } finally {
      await rm(temporary, { force: true });
    }
  } else {
    await rename(temporary, path);
  }
  return etagOf(bytes);
}

async function appendObject(path: string, bytes: Uint8Array, offset: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const size = await stat(path).then(
    (found) => found.size,
    (error: unknown) => {
      if (isMissing(error)) return 0;
      throw error;
    },
  );
  if (size !== offset) throw conflict(path, `it has ${size} bytes where ${offset} were expected`);
  const file = await open(path, 'a');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function listObjects(folder: string, prefix: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    },
  );
  return entries
    .filter(
      (entry) => entry.isFile() && !/\.(tmp|lock|lease|lock\..*\.(claim|draft))$/.test(entry.name),
    )
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path.startsWith(prefix))
    .sort();
}

async function reachable<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MispricedError) throw error;
    throw new MispricedError({
      code: 'STORE_UNAVAILABLE',
      message: `The folder ${folder} could not be used: ${error instanceof Error ? error.message : String(error)}`,
      fix: 'Check that the folder exists, that it may be written, and that the disk is not full.',
      cause: error,
    });
  }
}

function conflict(path: string, why: string): MispricedError {
  return new MispricedError({
    code: 'STORE_CONFLICT',
    message: `${path} was not written: ${why}.`,
    fix: 'Read it again and decide anew; nothing was lost.',
  });
}

function etagOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
