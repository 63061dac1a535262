import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  parseDecisionsCsv,
  parseLedgerEntry,
  readRuns,
  type Decision,
  type LedgerEntry,
  type LedgerRun,
  type RunSummary,
} from '@mispriced/core';
import { runCommand, type CommandEnd } from './run-command.ts';

/** The slot of runs whose time does not matter, and the day of it. */
export const slot = '2026-01-05T15:25:03Z';
export const day = '2026-01-05';
export const runId = 'mispriced-20260105T152503Z';

/** A run that has ended, and where it left what it made. */
export interface RunEnd extends CommandEnd {
  readonly summary: RunSummary;
  readonly stateFolder: string;
  readonly outFolder: string;
}

/** A fresh folder for the state of some runs. */
export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'mispriced-test-'));
}

/** `mispriced run --json` on the slot above, in this process. */
export async function runOnce(
  args: readonly string[] = [],
  given: {
    readonly environment?: Readonly<Record<string, string>>;
    /** Where the ledger is; a fresh folder unless given. */
    readonly stateFolder?: string;
  } = {},
): Promise<RunEnd> {
  const folder = await newFolder();
  const stateFolder = given.stateFolder ?? join(folder, 'state');
  const outFolder = join(folder, 'out');
  const places = ['--state', stateFolder, '--out', outFolder];
  const end = await runCommand(['run', '--json', '--slot', slot, ...places, ...args], {
    ...(given.environment && { environment: given.environment }),
    workingFolder: folder,
  });
  return { ...end, summary: JSON.parse(end.stdout) as RunSummary, stateFolder, outFolder };
}

/** Every line of the ledger below a state folder. */
export async function readLedger(stateFolder: string): Promise<readonly LedgerEntry[]> {
  const folder = join(stateFolder, 'ledger', 'mispriced');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => parseLedgerEntry(JSON.parse(line)));
}

/** The one run of a ledger that knows no other. */
export async function readOnlyRun(stateFolder: string): Promise<LedgerRun> {
  const [run, ...others] = readRuns(await readLedger(stateFolder));
  if (run === undefined || others.length > 0) throw new Error('there is not exactly one run');
  return run;
}

/** The decisions that a run copied out. */
export async function readDecisions(outFolder: string): Promise<readonly Decision[]> {
  const path = join(outFolder, 'decisions.csv');
  return parseDecisionsCsv(await readFile(path, 'utf8'), path);
}
