import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  asMispricedError,
  parseFeatureSet,
  parseLendingClubListing,
  readAllOwnData,
  tableFormatOf,
  type Listing,
  type MispricedError,
  type OwnDataSet,
} from '@mispriced/core';
import { offersOn, readLoanFile } from '@mispriced/market/lendingclub';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readLoans, type TypedLoans } from '../src/files/read-loans.ts';
import { readSourceFile } from '../src/files/source-file.ts';
import { defaultFeaturesPath } from '../src/paths.ts';
import { incomeRows, loanRows, rateRows } from './corpus/base-rows.ts';
import type { CorpusCase } from './corpus/corpus-case.ts';
import { ownDataCases } from './corpus/own-data-cases.ts';
import { readLoanCases } from './corpus/read-loan-cases.ts';
import { refusedLoanCases } from './corpus/refused-loan-cases.ts';
import { csv } from './corpus/write-rows.ts';

const features = parseFeatureSet(
  parse(await readFile(defaultFeaturesPath, 'utf8')),
  defaultFeaturesPath,
);
const asOf = '2009-12-15';
let folder = '';
let trainedOnPlain: TypedLoans;
let listedPlainly: readonly Listing[];

/** What training takes from a loan file. */
async function train(path: string): Promise<TypedLoans> {
  const file = await readSourceFile(path);
  return readLoans({ file, features, outcome: true, isWanted: (day) => day < '2010-01-01' });
}

/** What a run takes from it: the market's answer, as the venue reads it. */
async function list(path: string): Promise<readonly Listing[]> {
  const { rows, place } = await readLoanFile(path);
  const loans = [...offersOn(rows, asOf, place).values()].map((loan) => ({
    ...loan,
    empTitle: null,
  }));
  const { listings, invalid } = parseLendingClubListing({
    asOfDate: `${asOf}T10:00:00.000-08:00`,
    loans,
  });
  expect(invalid).toEqual([]);
  return listings;
}

async function stored(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(await mkdtemp(join(folder, 'case-')), name);
  await writeFile(path, bytes);
  return path;
}

async function refusalOf(work: Promise<unknown>): Promise<MispricedError> {
  const error: unknown = await work.then(
    () => new Error('It was read.'),
    (thrown: unknown) => thrown,
  );
  return asMispricedError(error);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpus-'));
  const plain = await stored('loans.csv', csv(loanRows));
  [trainedOnPlain, listedPlainly] = await Promise.all([train(plain), list(plain)]);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const named = (cases: readonly CorpusCase[]) => cases.map((each) => [each.name, each] as const);

describe('a file of loans', () => {
  it('gives training and running the same values', () => {
    const cells = (name: string) => trainedOnPlain.columns.find((each) => each.name === name)?.data;
    const fields = (field: string, cut?: number) =>
      listedPlainly.map(({ attributes }) => {
        const value = attributes[field] ?? null;
        return typeof value === 'string' ? value.slice(0, cut) : value;
      });
    expect(cells('id')).toEqual(listedPlainly.map(({ id }) => id));
    expect(cells('price')).toEqual(listedPlainly.map(({ price }) => price));
    expect(cells('group')).toEqual(listedPlainly.map(({ group }) => group));
    expect(cells('key:addrZip')).toEqual(fields('addrZip'));
    expect(cells('join:zip3-income')).toEqual(fields('addrZip', 3));
    expect(cells('join:state-unemployment')).toEqual(fields('addrState'));
    for (const feature of features.features) {
      if (feature.type === 'own') continue;
      const cut = feature.type === 'months-since' ? 10 : undefined;
      expect([feature.name, cells(`feature:${feature.name}`)]).toEqual([
        feature.name,
        fields(feature.field, cut),
      ]);
    }
    expect(cells('default')).toEqual([0, 1, 1, null]);
    expect(cells('last_payment')).toEqual(['2012-12-01', '2010-05-01', null, '2012-12-01']);
  });

  it.each(named([...readLoanCases, ...refusedLoanCases]))(
    '%s',
    async (_name, { file, bytes, outcome }) => {
      const path = await stored(file, bytes);
      if (outcome === 'read') {
        expect((await train(path)).columns).toEqual(trainedOnPlain.columns);
        expect(await list(path)).toEqual(listedPlainly);
        return;
      }
      for (const use of [train, list]) {
        const { code, message } = await refusalOf(use(path));
        expect([code, message]).toEqual(['DATA_INVALID', expect.stringContaining(file)]);
        for (const reason of outcome.refused) {
          for (const part of reason.split(/(?<=^(?:line|row) \d+)[,:] /)) {
            expect(message).toContain(part);
          }
        }
      }
    },
  );
});

describe('a file of own data', () => {
  const plainFiles = {
    rates: csv(rateRows),
    income: csv(incomeRows),
  };
  async function readSets(changed?: CorpusCase): Promise<readonly OwnDataSet[]> {
    const files = Object.entries(plainFiles).map(([name, bytes]) =>
      changed?.file.startsWith(name) === true
        ? {
            where: changed.file,
            format: tableFormatOf(changed.file) ?? 'csv',
            bytes: changed.bytes,
          }
        : { where: `${name}.csv`, format: 'csv' as const, bytes },
    );
    return readAllOwnData(files, features.ownData);
  }

  it.each(named(ownDataCases))('%s', async (_name, each) => {
    if (each.outcome === 'read') {
      const [read, plain] = [await readSets(each), await readSets()];
      expect(read.map(({ rowsByKey }) => rowsByKey)).toEqual(
        plain.map(({ rowsByKey }) => rowsByKey),
      );
      return;
    }
    const { code, message } = await refusalOf(readSets(each));
    expect([code, message]).toEqual(['DATA_INVALID', expect.stringContaining(each.file)]);
    for (const reason of each.outcome.refused) expect(message).toContain(reason);
  });
});

it('has as many cases as are promised', () => {
  const all = [...readLoanCases, ...refusedLoanCases, ...ownDataCases];
  const read = all.filter(({ outcome }) => outcome === 'read');
  expect(all.length).toBeGreaterThanOrEqual(60);
  expect(read.length).toBeGreaterThanOrEqual(40);
  console.log(
    `${all.length} awkward files: ${read.length} read, ${all.length - read.length} refused`,
  );
});
