import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  MispricedError,
  type LedgerStore,
  type RunArchive,
  type RunSummary,
} from '@mispriced/core';

/** Parts of a run's archive that people look at, and the field of the summary that names each. */
const parts = { decisions: 'decisions.csv', report: 'report.html' } as const;

/**
 * Copies decisions and report out of the archive into a folder. Trading is over by now, so a folder
 * that cannot be written is told in the summary, which then names the archive's own files.
 *
 * @returns The summary with the paths of the copies.
 */
export async function exportRun(args: {
  summary: RunSummary;
  archive: RunArchive;
  outFolder: string;
}): Promise<RunSummary> {
  const { summary, outFolder } = args;
  try {
    return { ...summary, ...(await copyParts(args)) };
  } catch (cause) {
    const error = new MispricedError({
      code: 'STORE_UNAVAILABLE',
      message: `Decisions and report cannot be copied to ${outFolder}: ${cause instanceof Error ? cause.message : String(cause)}`,
      fix: 'The run itself is recorded and archived. Name a folder that can be written with --out.',
      cause,
    });
    return { ...summary, error: summary.error ?? error.toJSON() };
  }
}

async function copyParts(args: {
  summary: RunSummary;
  archive: RunArchive;
  outFolder: string;
}): Promise<Pick<RunSummary, keyof typeof parts>> {
  const { summary, archive, outFolder } = args;
  await mkdir(outFolder, { recursive: true });
  const paths: { decisions: string | null; report: string | null } = {
    decisions: null,
    report: null,
  };
  for (const field of ['decisions', 'report'] as const) {
    if (summary[field] === null) continue;
    const content = await archive.read(summary.runId, parts[field]);
    if (content === null) continue;
    paths[field] = join(outFolder, parts[field]);
    await writeFile(paths[field], content);
  }
  return paths;
}

/** Writes the whole ledger into a folder, a line an entry. Returns where it can be read. */
export async function exportLedger(
  ledger: LedgerStore,
  slot: Date,
  outFolder: string,
): Promise<string> {
  try {
    const entries = await ledger.read();
    const path = join(outFolder, 'ledger.jsonl');
    await writeFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    return path;
  } catch {
    return ledger.locate(slot);
  }
}
