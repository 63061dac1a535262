import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asMispricedError, parseFeatureSet, type FeatureSet } from '@mispriced/core';
import { offersOn, readLoanFile } from '@mispriced/market/lendingclub';
import { fixturesFolder } from '@mispriced/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFiles, type ReadFiles } from '../src/files/read-files.ts';
import { defaultFeaturesPath } from '../src/paths.ts';
import { trainModel } from '../src/train-model.ts';
import { pythonForTests } from '../test-support/index.ts';
import { patiently } from './patiently.ts';

const fixtures = fixturesFolder();
const python = await pythonForTests();
const path = (name: string): string => join(fixtures ?? '', 'data', 'awkward', name);
const common = {
  dataPath: path('common/loans.csv.gz'),
  ownDataPaths: [path('common/unemployment.csv'), path('common/income.csv')],
  issuedBefore: '2009-12-01',
};
const label = 'charged-off-within-12-months';
let folder = '';

async function featuresIn(file: string): Promise<FeatureSet> {
  return parseFeatureSet(parse(await readFile(file, 'utf8')), file);
}

async function read(changes: Partial<Parameters<typeof readFiles>[0]> = {}): Promise<ReadFiles> {
  return readFiles({ ...common, features: await featuresIn(defaultFeaturesPath), ...changes });
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return 'read';
  const { code, message, fix } = asMispricedError(error);
  expect(code).toBe('DATA_INVALID');
  return `${message}\n${fix}`;
}

async function offered(file: string, month: string): Promise<unknown> {
  const { rows, place } = await readLoanFile(path(file));
  return [...offersOn(rows, `${month}-15`, place).values()];
}

const withOwn = (unemployment: string, income: string) => ({
  ownDataPaths: [path(unemployment), path(income)],
});
const rowsOf = (files: ReadFiles) => files.ownData.map(({ set }) => set.rowsByKey);

describe.skipIf(fixtures === null)('awkward files as people have them', patiently, () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'awkward-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('mixed line ends are read as plain ones', async () => {
    const own = (name: string) => withOwn(`mixed-line-ends/${name}`, 'mixed-line-ends/income.csv');
    expect(rowsOf(await read(own('unemployment-mixed.csv')))).toEqual(
      rowsOf(await read(own('unemployment-lf.csv'))),
    );
  });

  it.each([
    ['income-unquoted-comma.csv', /line \d+: 5 cells where 4 are declared, .*put that in quotes/],
    ['income-short-line.csv', /line \d+: 1 cells where 2 are declared, .*a footer, or a line cut/],
    ['income-column-twice.csv', /line 1: the column "median_income" stands there 2 times/],
  ])('shifted cells are refused: %s', async (name, reason) => {
    const said = await refusal(read(withOwn('common/unemployment.csv', `shifted-cells/${name}`)));
    expect(said).toMatch(reason);
    expect(said).toContain(name);
  });

  it('quoted cells and an index of pandas are read as plain files', async () => {
    const plain = rowsOf(await read());
    const quoted = await read(
      withOwn('common/unemployment.csv', 'shifted-cells/income-quoted.csv'),
    );
    expect(rowsOf(quoted)).toEqual(plain);
    const indexed = await read(
      withOwn('parquet-index/un_index.parquet', 'parquet-index/inc_index.parquet'),
    );
    expect(rowsOf(indexed)[1]).toEqual(plain[1]);
    expect(rowsOf(indexed)[0]?.size).toBe(plain[0]?.size);
  });

  it('texts that are padded are read as without', async () => {
    const padded = await read({ dataPath: path('padded-text/loans.csv.gz') });
    expect(padded.loans.columns).toEqual((await read()).loans.columns);
    expect(await offered('padded-text/loans.csv.gz', '2009-12')).toEqual(
      await offered('common/loans.csv.gz', '2009-12'),
    );
  });

  it('a term as text is a term, with the advice of a refusal and without', async () => {
    const plain = await read();
    const dataPath = path('term-as-text/loans.csv.gz');
    const features = await featuresIn(path('term-as-text/features.yaml'));
    expect((await read({ dataPath, features })).loans.columns).toEqual(plain.loans.columns);
    expect((await read({ dataPath })).loans.columns).toEqual(plain.loans.columns);
    expect(await offered('term-as-text/loans.csv.gz', '2009-12')).toEqual(
      await offered('common/loans.csv.gz', '2009-12'),
    );
  });

  it.each([
    ['foot', /line \d+: 1 cells where 39 are declared, "Total amount funded/, true],
    [
      'lastp',
      /line 2, last_pymnt_d: 'Jul-2006' is not a day, yyyy-mm-dd: a month by its name/,
      false,
    ],
    ['nat', /line \d+, \w+: 'NaT' is not a day, yyyy-mm-dd: a word for an empty value/, false],
    ['pct', /line 2, int_rate: '  5\.99%' is not a finite number: a percent sign/, true],
    ['semi', /";" stands between the columns; save the file with commas/, true],
    ['trail', /line 2: 40 cells where 39 are declared, .*a comma stands behind the last/, true],
  ])('odd rows are refused with file, line and cause: %s', async (name, reason, isListed) => {
    const file = `odd-rows/${name}.csv.gz`;
    const said = await refusal(read({ dataPath: path(file) }));
    expect(said).toMatch(reason);
    expect(said).toContain(`${name}.csv.gz`);
    // How a loan ended is nothing that a listing reads.
    if (isListed) {
      expect(await refusal(offered(file, '2006-01'))).toMatch(
        name === 'pct' ? /line 2: .*int_rate: ' {2}5\.99%' is not a finite number: a perc/ : reason,
      );
    }
  });

  it('ids above 2^53 are refused by training and running', async () => {
    const reason = /'1000000000000000000' is too long for an id/;
    expect(await refusal(read({ dataPath: path('big-ids/loans.csv') }))).toMatch(reason);
    const { rows } = await readLoanFile(path('big-ids/loans.csv'));
    const month = rows[0]?.['issue_d']?.slice(0, 7) ?? '';
    expect(await refusal(offered('big-ids/loans.csv', month))).toMatch(reason);
  });

  it.skipIf(python === null)('keys that join nothing are said before training', async () => {
    const said = await refusal(
      trainModel({
        ...common,
        label,
        dataPath: path('all-dropped/loans.csv.gz'),
        outPath: join(folder, 'all-dropped'),
      }),
    );
    expect(said).toContain('0 loans left: 2250 no-own-data, such as " IL"');
    expect(said).toContain('where state-unemployment has such as "AK"');
    expect(said).not.toContain('zip3-income');
    expect(said).toContain('a blank before a key counts');
  });

  it.skipIf(python === null)('a term as text trains the model that numbers train', async () => {
    const [plain, asText] = await Promise.all([
      trainModel({ ...common, label, outPath: join(folder, 'plain') }),
      trainModel({
        ...common,
        label,
        dataPath: path('term-as-text/loans.csv.gz'),
        featuresPath: path('term-as-text/features.yaml'),
        outPath: join(folder, 'as-text'),
      }),
    ]);
    expect(Object.keys(asText.manifest.riskCurves)).toEqual(['36', '60']);
    expect(asText.manifest.model.sha256).toBe(plain.manifest.model.sha256);
  });
});
