import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseModelManifest, rocAuc } from '@mispriced/core';
import { type LoanRow, readLoanFile } from '@mispriced/market/lendingclub';
import { fixturesFolder, provesAll } from '@mispriced/testing';
import { predictWithScikitLearn } from '@mispriced/train/test-support';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  decidedByDefault,
  expectDecidedAgain,
  readCells,
  type DecidedBy,
  type DecisionCells,
} from './support/decide-again.ts';
import { expectHonestBooks } from './support/expect-honest-books.ts';
import type { OwnDataPaths } from './support/own-data.ts';
import { readDecisions, runOverFiles, type RunEnd } from './support/run-once.ts';
import { runPython } from './support/run-python.ts';
import { spawnNpx } from './support/spawn-command.ts';
import { startTestMarket, type MarketLog } from './support/test-market.ts';

const fixtures = fixturesFolder();
const data = join(fixtures ?? '', 'data');
const loansPath = join(data, 'lendingclub_2007_2010.csv.gz');
const unemploymentPath = join(data, 'state_unemployment_monthly_2006_2019.csv');
const incomePath = join(data, 'zip3_median_income.csv');
const issuedBefore = '2010-07-01';
const asOf = '2010-12-15';
const label = 'charged-off-with-hindsight';
const loansOnOffer = 1335;

type Predicted = Readonly<Record<'id' | 'price' | 'group' | 'q' | 'r' | 'dropped_reason', string>>;

let modelFolder: string;
let rows: readonly LoanRow[];
let predicted: ReadonlyMap<string, Predicted>;

const ownData = (income: string): readonly string[] => [
  ...['--own-data', unemploymentPath],
  ...['--own-data', income],
];

/** Trains as a person does, and lets scikit-learn alone say what every loan's q and r must be. */
async function prepare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'real-loans-'));
  modelFolder = join(folder, 'model');
  const predictedPath = join(folder, 'predicted.csv');
  const training = spawnNpx([
    ...['train', '--json', '--data', loansPath, ...ownData(incomePath)],
    ...['--issued-before', issuedBefore, '--label', label, '--out', modelFolder],
  ]);
  const [trained, , loans] = await Promise.all([
    training.end,
    predictWithScikitLearn({
      dataPath: loansPath,
      ownDataPaths: [unemploymentPath, incomePath],
      issuedBefore,
      label,
      listingsPath: loansPath,
      asOf,
      outPath: predictedPath,
    }),
    readLoanFile(loansPath),
  ]);
  expect(trained.exitCode, trained.stderr).toBe(0);
  expect(JSON.parse(trained.stdout)).toMatchObject({ out: modelFolder, label: { name: label } });
  const lines = parse<Predicted>(await readFile(predictedPath, 'utf8'), { columns: true });
  predicted = new Map(lines.map((line) => [line.id, line]));
  rows = loans.rows;
}

/** The loans on offer, in any order: q, r, price and group of every one are scikit-learn's. */
function expectScoredAsScikitLearn(cells: readonly DecisionCells[]): void {
  expect(new Set(cells.map(({ id }) => id))).toEqual(new Set(predicted.keys()));
  expect(cells).toHaveLength(predicted.size);
  let worstQ = 0;
  let worstR = 0;
  for (const { id, price, group, q, r } of cells) {
    const expected = predicted.get(id);
    expect({ price: Number(price), group, dropped: '' }).toEqual({
      price: Number(expected?.price),
      group: expected?.group,
      dropped: expected?.dropped_reason,
    });
    worstQ = Math.max(worstQ, Math.abs(Number(q) - Number(expected?.q)));
    worstR = Math.max(worstR, Math.abs(Number(r) - Number(expected?.r)));
  }
  expect(worstQ).toBeLessThan(1e-6);
  expect(worstR).toBeLessThan(1e-9);
  console.log(
    `${cells.length} loans: q is scikit-learn's within ${worstQ.toExponential(1)}, r within ${worstR.toExponential(1)}`,
  );
}

/** A run in this process, over a market whose log can be read afterwards. */
async function runOverMarket(
  args: readonly string[],
  cash: string,
  own: Partial<OwnDataPaths> = {},
): Promise<{ end: RunEnd; log: MarketLog }> {
  const market = await startTestMarket({ loans: rows, asOf, cash });
  try {
    const end = await runOverFiles(
      [
        ...['--mode', 'live', '--market-url', market.url, '--as-of', asOf],
        ...['--model', modelFolder, '--cash', cash, ...args],
      ],
      {
        environment: market.environment,
        ownData: { unemployment: unemploymentPath, income: incomePath, ...own },
      },
    );
    return { end, log: await market.log() };
  } finally {
    await market.close();
  }
}

describe.skipIf(fixtures === null)('real loans', () => {
  beforeAll(prepare, 300_000);

  it('are scored and decided, each one, as scikit-learn and Python do it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'real-loans-'));
    const [stateFolder, outFolder] = [join(folder, 'state'), join(folder, 'out')];
    const { exitCode, stdout, stderr } = await spawnNpx([
      ...['run', '--stack', 'embedded', '--mode', 'live', '--listings', loansPath],
      ...[...ownData(incomePath), '--as-of', asOf, '--model', modelFolder],
      ...['--state', stateFolder, '--out', outFolder, '--json'],
    ]).end;
    expect(exitCode, stderr).toBe(0);
    const summary = JSON.parse(stdout) as RunEnd['summary'];
    expect(summary).toMatchObject({
      status: 'traded',
      listed: loansOnOffer,
      dropped: {},
      matched: loansOnOffer,
      scored: loansOnOffer,
      cashBefore: '10000.00',
      error: null,
    });

    const cells = await expectDecidedAgain({ outFolder, loansPath, by: decidedByDefault });
    expectScoredAsScikitLearn(cells);
    await expectHonestBooks({ summary, outFolder });
    expect(await readFile(join(outFolder, 'report.html'), 'utf8')).toContain('zip3-income');

    // How these loans ended was known years later: a measurement, and no proof of an edge.
    const measured = (await runPython('join_outcomes.py', {
      decisions: join(outFolder, 'decisions.csv'),
      loans: loansPath,
    })) as { loans: number; lost: number; q: number; r: number };
    const outcomes = new Map(rows.map((row) => [row['loan_id'], Number(row['default'])]));
    const decisions = await readDecisions(outFolder);
    const lost = decisions.map(({ id }) => outcomes.get(id) ?? Number.NaN);
    expect(
      rocAuc(
        decisions.map(({ q }) => q ?? Number.NaN),
        lost,
      ),
    ).toBeCloseTo(measured.q, 12);
    expect(
      rocAuc(
        decisions.map(({ r }) => r ?? Number.NaN),
        lost,
      ),
    ).toBeCloseTo(measured.r, 12);
    const manifestPath = join(modelFolder, 'manifest.json');
    const manifest: unknown = JSON.parse(await readFile(manifestPath, 'utf8'));
    const labelName = parseModelManifest(manifest, manifestPath).label.name;
    expect(labelName).toBe(label);
    expect(Number.isFinite(measured.q)).toBe(true);
    console.log(
      `${measured.loans} loans of 2010-12, ${measured.lost} lost, label ${labelName}: ROC AUC of q ${measured.q.toFixed(4)}, of r ${measured.r.toFixed(4)}`,
    );
  });

  const limits = decidedByDefault.limits;
  const variants: readonly (readonly [string, DecidedBy, string])[] = [
    ['by the defaults', decidedByDefault, ''],
    ['with cash that runs out', { ...decidedByDefault, cash: '637.50' }, ''],
    ['with less cash than one order', { ...decidedByDefault, cash: '24.99' }, ''],
    ['on any edge at all', { ...decidedByDefault, threshold: 0 }, ''],
    ['on no edge', { ...decidedByDefault, threshold: 0.9 }, ''],
    [
      'under limits of every kind',
      {
        threshold: 0.02,
        cash: '60000.00',
        limits: {
          perOrder: '400.00',
          perRun: '50000.00',
          perGroup: { 36: '9000.00', 60: '500.25' },
          listingShare: '0.0333',
          minimumOrder: '60.00',
          step: '12.50',
        },
      },
      `limits:
  per_order: 400
  per_run: 50000
  per_group: { 36: 9000, 60: 500.25 }
  listing_share: 0.0333
  minimum_order: 60
  step: 12.50
`,
    ],
    [
      'under a limit of the run that no step divides',
      { ...decidedByDefault, threshold: 0.03, limits: { ...limits, perRun: '212.34' } },
      'limits: { per_run: 212.34 }\n',
    ],
  ];

  it.each(provesAll ? variants : variants.slice(0, 2))(
    'are decided %s as Python does it',
    async (_name, by, settings) => {
      const settingsPath = join(await mkdtemp(join(tmpdir(), 'real-loans-')), 'settings.yaml');
      await writeFile(settingsPath, settings === '' ? '{}\n' : settings);
      const { end, log } = await runOverMarket(
        ['--threshold', String(by.threshold), '--config', settingsPath],
        by.cash,
      );
      const { summary, outFolder } = end;
      expect(summary.error, end.stdout).toBeNull();
      const cells = await expectDecidedAgain({ outFolder, loansPath, by });
      expectScoredAsScikitLearn(cells);
      await expectHonestBooks({ ...end, log });
      const reasons = Map.groupBy(cells, ({ reason }) => reason);
      console.log(
        `bought ${summary.bought} for ${summary.spent}: ${[...reasons].map(([reason, of]) => `${of.length} ${reason}`).join(', ')}`,
      );
    },
  );

  it('without own data are dropped and named, and change nothing for the others', async () => {
    const income = await readFile(incomePath, 'utf8');
    const lines = income.split('\n').filter((line) => !/^(900|606|100),/.test(line));
    const sparsePath = join(await mkdtemp(join(tmpdir(), 'real-loans-')), 'income.csv');
    await writeFile(sparsePath, lines.join('\n'));
    const { end, log } = await runOverMarket([], '10000.00', { income: sparsePath });
    const { summary, outFolder } = end;

    const missing = new Set(
      rows
        .filter((row) => row['issue_d']?.startsWith('2010-12'))
        .filter((row) => ['900', '606', '100'].includes(row['zip_code']?.slice(0, 3) ?? ''))
        .map((row) => row['loan_id'] ?? ''),
    );
    expect(missing.size).toBeGreaterThan(20);
    expect(summary.dropped).toEqual({ 'no-own-data': missing.size });
    const cells = await expectDecidedAgain({ outFolder, loansPath, by: decidedByDefault });
    expect(cells).toHaveLength(loansOnOffer);
    for (const { id, q, reason } of cells) {
      expect(reason === 'no-own-data').toBe(missing.has(id));
      if (q !== '') expect(Math.abs(Number(q) - Number(predicted.get(id)?.q))).toBeLessThan(1e-6);
    }
    await expectHonestBooks({ ...end, log });
  });

  it('are joined with what was known on the day, and with nothing later', async () => {
    const unemployment = (await readFile(unemploymentPath, 'utf8')).split('\n');
    const known = unemployment.filter((line) => !/^2010-(11|12)|^201[1-9]/.test(line));
    expect(known.length).toBeLessThan(unemployment.length);
    const knownPath = join(await mkdtemp(join(tmpdir(), 'real-loans-')), 'unemployment.csv');
    await writeFile(knownPath, known.join('\n'));
    const { end } = await runOverMarket([], '10000.00', { unemployment: knownPath });
    expectScoredAsScikitLearn(await readCells(end.outFolder));
  });
});
