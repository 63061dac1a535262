import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LedgerStore, RunArchive, RunSummary } from '@mispriced/core';

/** Parts of a run's archive that people look at, and the field of the summary that names each. */
const parts = { decisions: 'decisions.csv', report: 'report.html' } as const;

/**
 * Copies decisions and report out of the archive into a folder.
 *
 * @returns The summary with the paths of the copies.
 */
export async function exportRun(args: {
  summary: RunSummary;
  archive: RunArchive;
  outFolder: string;
}): Promise<RunSummary> {
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
  return { ...summary, ...paths };
}

/** Writes the whole ledger into a folder, a line an entry. Returns its path. */
export async function exportLedger(ledger: LedgerStore, outFolder: string): Promise<string> {
  const entries = await ledger.read();
  const path = join(outFolder, 'ledger.jsonl');
  await writeFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  return path;
}
