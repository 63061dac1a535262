import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newFolder, readLedger, runId, runOverFiles, type RunEnd } from './support/run-once.ts';
import { startTestMarket } from './support/test-market.ts';

describe('a run whose listing was archived', () => {
  it('can be replayed without its market, and decides the same to the last byte', async () => {
    const market = await startTestMarket();
    const first = await runOverFiles(['--mode', 'live', '--market-url', market.url], {
      environment: market.environment,
    });
    await market.close();
    expect(first.summary).toMatchObject({ status: 'traded', mode: 'live' });

    const settingsPath = join(await newFolder(), 'replay.yaml');
    const listing = join(first.stateFolder, 'runs', runId, 'listing.json');
    await writeFile(settingsPath, `venue: { name: replay, listing: ${listing} }\n`);
    const args = ['--slot', '2026-02-01T15:25:03Z', '--config', settingsPath];
    const { stateFolder } = first;
    const replayed = await runOverFiles(args, { stateFolder });
    expect(replayed.summary).toMatchObject({
      status: 'traded',
      stage: 'local',
      mode: 'paper',
      error: null,
      scored: first.summary.scored,
      spent: first.summary.spent,
    });
    const decisions = (folder: string) => readFile(join(folder, 'decisions.csv'), 'utf8');
    expect(await decisions(replayed.outFolder)).toBe(await decisions(first.outFolder));
    // Nothing that happens on paper stands in the books of the account.
    const runs = async ({ summary }: RunEnd) =>
      new Set((await readLedger(summary)).map((entry) => entry.runId));
    expect(await runs(replayed)).toEqual(new Set(['mispriced-20260201T152503Z']));
    expect(await runs(first)).toEqual(new Set([runId]));

    const live = await runOverFiles([...args, '--mode', 'live']);
    expect(live.summary.error).toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('nothing can be bought live') as string,
    });
  });

  it('names a listing that is not there', async () => {
    const folder = await newFolder();
    const settingsPath = join(folder, 'replay.yaml');
    await writeFile(settingsPath, 'venue: { name: replay, listing: blob:runs/x/listing.json }\n');
    const { summary, exitCode } = await runOverFiles(['--config', settingsPath]);
    expect(exitCode).toBe(1);
    expect(summary.error).toMatchObject({ code: 'DATA_MISSING' });
    await writeFile(settingsPath, 'venue: { name: replay, listing: nowhere.json }\n');
    const file = await runOverFiles(['--config', settingsPath]);
    expect(file.summary.error).toMatchObject({
      code: 'DATA_MISSING',
      message: expect.stringContaining('nowhere.json') as string,
    });
  });
});
