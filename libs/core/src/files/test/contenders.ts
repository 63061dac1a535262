import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeFileLock } from '../file-lock.ts';

/** What a contender is told of a trial. */
export interface Trial {
  readonly lockPath: string;
  readonly logPath: string;
  /** Whether it kills itself, by SIGKILL, while it has the lock. */
  readonly dies: boolean;
}

/** What a trial showed. */
interface TrialResult {
  /** Who had the lock, in order. */
  readonly holders: readonly string[];
  /** How often one had it while another had it too. */
  readonly overlaps: number;
  /** Whether the lock was to be had in the end, also where the last holder was killed. */
  readonly isFree: boolean;
  /** What is left beside the log once that lock is given back. */
  readonly left: readonly string[];
}

/** Several processes that live through many trials, and others that die in one. */
export interface Contenders {
  /**
   * Lets all of them compete for one lock until each has had it, over the lock of a dead process; one
   * more has it and is killed, where `withKill` is given.
   */
  run(withKill: boolean): Promise<TrialResult>;
  close(): void;
}

const survivorCount = 4;

/** Starts the processes: those that survive, and as many as are to be killed one after another. */
export async function startContenders(victimCount: number): Promise<Contenders> {
  const survivors = await Promise.all(names('survivor', survivorCount).map(start));
  const victims = names('victim', victimCount);
  let nextVictim = startNext();
  function startNext(): Promise<ChildProcess> | null {
    const name = victims.shift();
    return name === undefined ? null : start(name);
  }
  return {
    run: async (withKill) => {
      const folder = await mkdtemp(join(tmpdir(), 'contenders-'));
      const trial = { lockPath: join(folder, 'lock'), logPath: join(folder, 'log') };
      await writeFile(trial.lockPath, JSON.stringify({ pid: process.pid, identity: 'dead' }));
      await writeFile(trial.logPath, '');
      const ends = survivors.map((each) => tell(each, { ...trial, dies: false }, 'message'));
      if (withKill) {
        const victim = await nextVictim;
        if (victim === null) throw new Error('Start as many victims as there are kills.');
        nextVictim = startNext();
        ends.push(tell(victim, { ...trial, dies: true }, 'exit'));
      }
      await Promise.all(ends);
      const last = takeFileLock(trial.lockPath);
      last?.release();
      const left = (await readdir(folder)).filter((name) => name !== 'log');
      const result = readLog(await readFile(trial.logPath, 'utf8'));
      await rm(folder, { recursive: true });
      return { ...result, isFree: last !== null, left };
    },
    close: () => {
      for (const each of survivors) each.kill('SIGKILL');
    },
  };
}

function names(kind: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);
}

async function start(name: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('contender.ts', import.meta.url)), [name], {
    execArgv: [],
  });
  await once(child, 'message');
  return child;
}

async function tell(child: ChildProcess, trial: Trial, end: 'message' | 'exit'): Promise<void> {
  const ended = once(child, end);
  child.send(trial);
  await ended;
}

/** Follows who came and went. One that dies has the lock until it says so, which it does just before. */
function readLog(text: string): Pick<TrialResult, 'holders' | 'overlaps'> {
  const inside = new Set<string>();
  const holders: string[] = [];
  let overlaps = 0;
  for (const line of text.trimEnd().split('\n')) {
    const [what, name = ''] = line.split(' ');
    if (what === 'enter') {
      holders.push(name);
      overlaps += inside.size;
      inside.add(name);
    } else inside.delete(name);
  }
  return { holders, overlaps };
}
