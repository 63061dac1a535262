import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunSummary } from '@mispriced/core';
import type { Effect, Moment } from './effects.ts';
import { workspaceRoot } from './run-once.ts';

/** Where a process is to end itself. */
export interface KillPoint {
  readonly number: number;
  readonly moment: Moment;
}

/** How a run in a process of its own ended. */
export interface EndedProcess {
  readonly signal: NodeJS.Signals | null;
  /** The effects that began, in order. */
  readonly effects: readonly Effect[];
  /** Null where the process was killed before it could say. */
  readonly summary: RunSummary | null;
}

const script = fileURLToPath(new URL('killed-run.ts', import.meta.url));
/** Hundreds of processes start with the same code: the first that ends well compiles it for all. */
const compileCache = join(workspaceRoot, 'dist', 'compile-cache');

/** Runs the strategy in a process of its own, killed at a point, after a time, or not at all. */
export async function startRun(args: {
  settings: Readonly<Record<string, string>>;
  slot: Date;
  killAt?: KillPoint;
  killAfterMilliseconds?: number;
}): Promise<EndedProcess> {
  const kill = args.killAt === undefined ? [] : [String(args.killAt.number), args.killAt.moment];
  const child = spawn(process.execPath, [script, args.slot.toISOString(), ...kill], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache, ...args.settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const timer =
    args.killAfterMilliseconds === undefined
      ? null
      : setTimeout(() => child.kill('SIGKILL'), args.killAfterMilliseconds);
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
    child.once('close', (exitCode, exitSignal) => {
      resolve([exitCode, exitSignal]);
    });
  });
  if (timer !== null) clearTimeout(timer);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the run broke: ${errors}`);
  const lines = output.split('\n').filter((line) => line.endsWith('}'));
  const said = lines.map((line) => JSON.parse(line) as { effect?: Effect; summary?: RunSummary });
  return {
    signal,
    effects: said.flatMap(({ effect }) => (effect === undefined ? [] : [effect])),
    summary: said.at(-1)?.summary ?? null,
  };
}
