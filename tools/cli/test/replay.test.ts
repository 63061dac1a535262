import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { demoModelFolder } from '@mispriced/train';
import { describe, expect, it } from 'vitest';
import { newFolder, readLedger, runId, runOnce } from './support/run-once.ts';

describe('a run whose listing was archived', () => {
  it('can be replayed without its market, and decides the same to the last byte', async () => {
    const first = await runOnce(['--mode', 'live', '--seed', '4']);
    expect(first.summary).toMatchObject({ status: 'traded', mode: 'live' });

    const settingsPath = join(await newFolder(), 'replay.yaml');
    const listing = join(first.stateFolder, 'runs', runId, 'listing.json');
    await writeFile(
      settingsPath,
      `storage: { kind: file, path: ${first.stateFolder} }
venue: { name: replay, listing: ${listing} }
model: { directory: ${demoModelFolder} }
`,
    );
    const args = ['--stack', 'local', '--slot', '2026-02-01T15:25:03Z', '--config', settingsPath];
    const replayed = await runOnce(args);
    expect(replayed.summary).toMatchObject({
      ...{ status: 'traded', stage: 'local', mode: 'paper', error: null },
      ...{ scored: first.summary.scored, spent: first.summary.spent },
    });
    const decisions = (folder: string) => readFile(join(folder, 'decisions.csv'), 'utf8');
    expect(await decisions(replayed.outFolder)).toBe(await decisions(first.outFolder));
    const runs = (await readLedger(first.stateFolder)).map((entry) => entry.runId);
    expect(new Set(runs)).toEqual(new Set([runId, 'mispriced-20260201T152503Z']));

    const live = await runOnce([...args, '--mode', 'live']);
    expect(live.summary.error).toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('nothing can be bought live') as string,
    });
  });

  it('names a listing that is not there', async () => {
    const folder = await newFolder();
    const settingsPath = join(folder, 'replay.yaml');
    await writeFile(
      settingsPath,
      `storage: { kind: file, path: ${folder} }\nvenue: { name: replay, listing: blob:runs/x/listing.json }\n`,
    );
    const { summary, exitCode } = await runOnce(['--stack', 'local', '--config', settingsPath]);
    expect(exitCode).toBe(1);
    expect(summary.error).toMatchObject({ code: 'DATA_MISSING' });
    await writeFile(
      settingsPath,
      `storage: { kind: file, path: ${folder} }\nvenue: { name: replay, listing: nowhere.json }\n`,
    );
    const file = await runOnce(['--stack', 'local', '--config', settingsPath]);
    expect(file.summary.error).toMatchObject({
      code: 'DATA_MISSING',
      message: expect.stringContaining('nowhere.json') as string,
    });
  });
});
