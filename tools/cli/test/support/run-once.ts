import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  parseDecisionsCsv,
  parseLedgerEntry,
  readRuns,
  type Decision,
  type LedgerEntry,
  type LedgerRun,
  type RunSummary,
} from '@mispriced/core';
import { demoModelFolder } from '@mispriced/train';
import { ownDataOf, type OwnDataPaths } from './own-data.ts';
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

interface Given {
  readonly environment?: Readonly<Record<string, string>>;
  /** What is kept between runs; a fresh folder unless given. */
  readonly stateFolder?: string;
}

/** A fresh folder. */
export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'mispriced-test-'));
}

/** `mispriced run --json` on the slot above, as a user has it: the function app over Azurite. */
export async function runEmbedded(
  args: readonly string[] = [],
  given: Given = {},
): Promise<RunEnd> {
  const folder = await newFolder();
  const stateFolder = given.stateFolder ?? join(folder, 'state');
  return run({ args: ['--state', stateFolder, ...args], given, folder, stateFolder });
}

/** The settings of a run that keeps everything in plain files, which a test can look into. */
export async function settingsOverFiles(
  stateFolder: string,
  ownData?: OwnDataPaths,
): Promise<Readonly<Record<string, string>>> {
  return {
    MISPRICED__STORAGE__PATH: stateFolder,
    MISPRICED__OWN_DATA: JSON.stringify(await ownDataOf(ownData)),
    MISPRICED__VENUE__REQUESTS_PER_SECOND: '100',
  };
}

/**
 * The same run, quicker to begin: in this process, with the demo model, generated own data and a
 * folder of files in place of Azurite.
 */
export async function runOverFiles(
  args: readonly string[] = [],
  given: Given & { readonly ownData?: OwnDataPaths } = {},
): Promise<RunEnd> {
  const folder = await newFolder();
  const stateFolder = given.stateFolder ?? join(folder, 'state');
  const settings = await settingsOverFiles(stateFolder, given.ownData);
  return run({
    args: ['--stack', 'local', '--model', demoModelFolder, ...args],
    given: { environment: { ...settings, ...given.environment } },
    folder,
    stateFolder,
  });
}

async function run(args: {
  args: readonly string[];
  given: Given;
  folder: string;
  stateFolder: string;
}): Promise<RunEnd> {
  const { folder, stateFolder, given } = args;
  const outFolder = join(folder, 'out');
  const words = ['run', '--json', '--slot', slot, '--out', outFolder, ...args.args];
  const end = await runCommand(words, {
    ...(given.environment && { environment: given.environment }),
    workingFolder: folder,
  });
  return { ...end, summary: JSON.parse(end.stdout) as RunSummary, stateFolder, outFolder };
}

/** Every line of the ledger that a summary names. */
export async function readLedger({ ledger }: RunSummary): Promise<readonly LedgerEntry[]> {
  const folder = dirname(ledger ?? 'no ledger');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl')).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => parseLedgerEntry(JSON.parse(line)));
}

/** The one run of a ledger that knows no other. */
export async function readOnlyRun(summary: RunSummary): Promise<LedgerRun> {
  const [only, ...others] = readRuns(await readLedger(summary));
  if (only === undefined || others.length > 0) throw new Error('there is not exactly one run');
  return only;
}

/** The decisions that a run copied out. */
export async function readDecisions(outFolder: string): Promise<readonly Decision[]> {
  const path = join(outFolder, 'decisions.csv');
  return parseDecisionsCsv(await readFile(path, 'utf8'), path);
}
