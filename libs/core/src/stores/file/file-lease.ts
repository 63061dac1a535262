import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MispricedError } from '../../domain/index.ts';
import type { Lease } from '../object-store.ts';

type Locked = <Result>(path: string, work: () => Promise<Result>) => Promise<Result>;

/** A lease kept in a file: its holder's mark and when it lapses. Returns null while another holds it. */
export async function acquireFileLease(args: {
  path: string;
  durationSeconds: number;
  now: () => Date;
  locked: Locked;
}): Promise<Lease | null> {
  const { path, locked } = args;
  const holder = randomUUID();
  await mkdir(dirname(path), { recursive: true });
  const lapses = (): number => args.now().getTime() + args.durationSeconds * 1000;

  const taken = await locked(path, async () => {
    const current = await readLease(path);
    if (current !== null && current.lapses > args.now().getTime()) return false;
    await writeFile(path, JSON.stringify({ holder, lapses: lapses() }));
    return true;
  });
  if (!taken) return null;

  return {
    id: holder,
    takenAt: args.now(),
    renew: () =>
      locked(path, async () => {
        const current = await readLease(path);
        if (current?.holder !== holder) throw leaseLost(path);
        await writeFile(path, JSON.stringify({ holder, lapses: lapses() }));
        return args.now();
      }),
    release: () =>
      locked(path, async () => {
        if ((await readLease(path))?.holder === holder) await rm(path, { force: true });
      }),
  };
}

async function readLease(path: string): Promise<{ holder: string; lapses: number } | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text === '') return null;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return null;
  if (!('holder' in value) || !('lapses' in value)) return null;
  const { holder, lapses } = value;
  return typeof holder === 'string' && typeof lapses === 'number' ? { holder, lapses } : null;
}

function leaseLost(path: string): MispricedError {
  return new MispricedError({
    code: 'RUN_LEASE_LOST',
    message: `The lease ${path} was taken over by another run.`,
    fix: 'Nothing more was sent. See the other run in the ledger.',
  });
}
