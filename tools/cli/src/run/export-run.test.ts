import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunArchive, RunSummary } from '@mispriced/core';
import { beforeEach, describe, expect, it } from 'vitest';
import { tradedSummary } from '../../test/support/traded-summary.ts';
import { exportRun } from './export-run.ts';

const summary: RunSummary = {
  ...tradedSummary,
  decisions: 'archive/decisions.csv',
  report: 'archive/report.html',
};

function archiveOf(parts: Readonly<Record<string, string>>): RunArchive {
  return {
    locate: (runId, name) => `archive/${runId}/${name}`,
    write: () => Promise.reject(new Error('not written to')),
    listRuns: () => Promise.reject(new Error('not listed')),
    read: (runId, name) => {
      const text = runId === summary.runId ? parts[name] : undefined;
      return Promise.resolve(text === undefined ? null : new TextEncoder().encode(text));
    },
  };
}

const archive = archiveOf({ 'decisions.csv': 'id\n', 'report.html': '<html></html>' });

describe('exportRun', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'export-'));
  });

  it('copies decisions and report, and names the copies', async () => {
    const outFolder = join(folder, 'new', 'out');
    const exported = await exportRun({ summary, archive, outFolder });
    expect(exported).toEqual({
      ...summary,
      decisions: join(outFolder, 'decisions.csv'),
      report: join(outFolder, 'report.html'),
    });
    expect(await readFile(join(outFolder, 'decisions.csv'), 'utf8')).toBe('id\n');
    expect(await readFile(join(outFolder, 'report.html'), 'utf8')).toBe('<html></html>');
  });

  it('names nothing that the run did not write', async () => {
    const skipped = { ...summary, decisions: null, report: null };
    expect(await exportRun({ summary: skipped, archive, outFolder: folder })).toEqual(skipped);
    const lost = await exportRun({ summary, archive: archiveOf({}), outFolder: folder });
    expect(lost).toMatchObject({ decisions: null, report: null });
  });

  it('keeps what the run came to where the folder cannot be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const exported = await exportRun({ summary, archive, outFolder: join(file, 'out') });
    expect(exported).toMatchObject({
      ...summary,
      error: {
        code: 'STORE_UNAVAILABLE',
        message: expect.stringContaining(join(file, 'out')) as string,
        fix: expect.stringContaining('--out') as string,
      },
    });
  });

  it('does not hide the error of the run behind its own', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const error = { code: 'VENUE_UNREACHABLE', message: 'no answer', fix: 'wait' } as const;
    const failed: RunSummary = { ...summary, status: 'failed', error };
    expect((await exportRun({ summary: failed, archive, outFolder: file })).error).toEqual(error);
  });
});
