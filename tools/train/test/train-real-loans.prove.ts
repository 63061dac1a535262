import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixturesFolder } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainModel, type TrainedModel } from '../src/train-model.ts';
import { pythonForTests } from '../test-support/index.ts';
import { patiently } from './patiently.ts';
import { changedCsv, realFiles } from './real-loans.ts';

const fixtures = fixturesFolder();
const python = await pythonForTests();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'train-real-loans-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

describe.skipIf(fixtures === null || python === null)('training on real loans', patiently, () => {
  const real = realFiles(fixtures ?? '');
  const [unemploymentPath, incomePath] = real.ownDataPaths;

  async function train(
    name: string,
    changes: Partial<Parameters<typeof trainModel>[0]>,
  ): Promise<TrainedModel> {
    return await trainModel({
      ...real,
      issuedBefore: '2009-07-01',
      label: 'charged-off-with-hindsight',
      outPath: join(folder, name),
      ...changes,
    });
  }

  async function hasSameModel(one: TrainedModel, other: TrainedModel): Promise<boolean> {
    const read = (model: TrainedModel): Promise<string> =>
      readFile(join(model.outPath, 'parity.csv'), 'utf8');
    return (
      one.manifest.model.sha256 === other.manifest.model.sha256 &&
      (await read(one)) === (await read(other))
    );
  }

  it('finds more in the characteristics than the price tells, with hindsight', async () => {
    const model = await train('hindsight', { issuedBefore: '2010-07-01' });
    const { metrics, training, riskCurves, label, parity } = model.manifest;
    console.log(
      `issued before 2010-07, hindsight: AUC q ${metrics.q.rocAuc}, r ${metrics.r.rocAuc} ` +
        `on ${metrics.rows} loans since ${metrics.splitAt}`,
    );
    expect(training.rows).toBeGreaterThan(13_000);
    expect(training.dropped).toEqual({ 'missing-value': 29, 'no-own-data': 3 });
    expect(metrics.r.rocAuc).toBeGreaterThan(0.62);
    expect(metrics.q.rocAuc).toBeGreaterThan((metrics.r.rocAuc ?? 1) + 0.02);
    expect(metrics.q.rocAuc).toBeLessThan(0.75);
    expect(metrics.q.brier).toBeLessThan(metrics.r.brier ?? 0);
    expect(Object.keys(riskCurves)).toEqual(['36', '60']);
    expect(label).toEqual({
      name: 'charged-off-with-hindsight',
      hindsight: true,
      horizonMonths: null,
    });
    expect(parity.rows).toBeGreaterThan(1_000);
    expect(model.largestExportDifference).toBeLessThan(1e-6);
  });

  it('does not look at unemployment that was not published yet', async () => {
    const honest = await train('published', {});
    // The latest loans are of June 2009, so April 2009 is the last month that they may use.
    const poison = (from: string): string =>
      changedCsv(unemploymentPath, (row, index) => {
        if ((row['month'] ?? '') >= from) row['unemployment_rate'] = String((index * 7) % 90);
      });
    const poisonedPath = join(folder, 'poisoned.csv');
    const ownDataPaths = [poisonedPath, incomePath];
    await writeFile(poisonedPath, poison('2009-05-01'));
    expect(await hasSameModel(await train('later', { ownDataPaths }), honest)).toBe(true);
    await writeFile(poisonedPath, poison('2009-04-01'));
    expect(await hasSameModel(await train('used', { ownDataPaths }), honest)).toBe(false);
  });

  it('learns from a loan only when its horizon has passed', async () => {
    const label = 'charged-off-within-12-months';
    const honest = await train('horizon', { label });
    const { manifest, labelNotYetKnown } = honest;
    expect(manifest.label).toEqual({ name: label, hindsight: false, horizonMonths: 12 });
    expect(labelNotYetKnown).toBeGreaterThan(1_000);
    // On 2009-07-01 nothing is known of loans issued since August 2008, and of the others
    // nothing that happened since. A charge-off comes five months after the last payment.
    const dataPath = join(folder, 'poisoned-loans.csv');
    const poisoned = changedCsv(real.dataPath, (row, index) => {
      if ((row['issue_d'] ?? '') > '2008-07-01') {
        Object.assign(row, { default: String(index % 2), last_pymnt_d: '', annual_inc: '1' });
      } else if ((row['last_pymnt_d'] ?? '') >= '2009-02-01') {
        Object.assign(row, { default: String(index % 2), last_pymnt_d: '2013-03-01' });
      }
    });
    await writeFile(dataPath, poisoned);
    const later = await train('later-outcomes', { label, dataPath });
    expect(later.manifest.training.rows).toBe(manifest.training.rows);
    expect(await hasSameModel(later, honest)).toBe(true);
    expect(later.manifest.metrics).toEqual(manifest.metrics);
  });
});
