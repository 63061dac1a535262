import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity, type ErrorCode } from '@mispriced/core';
import { demoModelFolder } from '@mispriced/train';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generateMonth } from '../src/run/embedded-market.ts';
import { expectRecordedFailure } from './support/expect-recorded-failure.ts';
import { startFakeVenue, type FakeVenue } from './support/fake-venue.ts';
import type { OwnDataPaths } from './support/own-data.ts';
import { expectNoStackTrace, expectSummary } from './support/run-contract.ts';
import {
  day,
  newFolder,
  readDecisions,
  runEmbedded,
  runId,
  runOverFiles,
  slot,
  type RunEnd,
} from './support/run-once.ts';
import { runCommand } from './support/run-command.ts';
import { craftBooks } from './support/state-of-books.ts';
import { settingsOf, startTestMarket, type TestMarket } from './support/test-market.ts';

const nothingAsked = { orders: [], requests: [] };

describe('over a market that works, a run', () => {
  let market: TestMarket;
  let folder: string;

  beforeEach(async () => {
    market = await startTestMarket();
    folder = await newFolder();
  });

  afterEach(async () => {
    expect(await market.log()).toEqual(nothingAsked);
    await market.close();
  });

  const live = (): readonly string[] => ['--mode', 'live', '--market-url', market.url];

  const trade = (args: readonly string[], ownData?: OwnDataPaths): Promise<RunEnd> =>
    runOverFiles([...live(), ...args], {
      environment: market.environment,
      ...(ownData && { ownData }),
    });

  const tradeEmbedded = (
    args: readonly string[],
    environment = market.environment,
  ): Promise<RunEnd> => runEmbedded([...live(), ...args], { environment });

  /** The demo model, spoilt. */
  async function spoiltModel(file: string, spoil: (bytes: Buffer) => Buffer): Promise<string> {
    const model = join(folder, 'model');
    await cp(demoModelFolder, model, { recursive: true });
    await writeFile(join(model, file), spoil(await readFile(join(model, file))));
    return model;
  }

  const inManifest = (change: (text: string) => string) => (bytes: Buffer) => {
    const changed = change(bytes.toString());
    expect(changed).not.toBe(bytes.toString());
    return Buffer.from(changed);
  };

  const flipByte = (bytes: Buffer): Buffer => {
    const middle = Math.floor(bytes.length / 2);
    bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
    return bytes;
  };

  const spoilt: readonly (readonly [
    string,
    string,
    (bytes: Buffer) => Buffer,
    ErrorCode,
    RegExp,
  ])[] = [
    ['of which one byte differs', 'model.onnx', flipByte, 'MODEL_CORRUPT', /SHA-256/],
    ['cut off', 'model.onnx', (bytes) => bytes.subarray(0, 1000), 'MODEL_CORRUPT', /SHA-256/],
    ['with another parity set', 'parity.csv', flipByte, 'MODEL_CORRUPT', /parity\.csv/],
    [
      'whose manifest is no JSON',
      'manifest.json',
      (bytes) => bytes.subarray(0, 100),
      'MODEL_CONTRACT',
      /not JSON/,
    ],
    [
      'whose manifest lacks a part',
      'manifest.json',
      inManifest((text) => text.replace('"riskCurves"', '"riskCurve"')),
      'MODEL_CONTRACT',
      /riskCurves/,
    ],
    [
      'whose manifest names other inputs',
      'manifest.json',
      inManifest((text) => text.replace('"input": "', '"input": "other-')),
      'MODEL_CONTRACT',
      /it must have one input "other-/,
    ],
    [
      'that does not score here as it did in training',
      'manifest.json',
      inManifest((text) => text.replace(/"fill": -12\b/, '"fill": 999')),
      'MODEL_PARITY',
      /rows differ in q/,
    ],
  ];

  it.each(spoilt)('with a model %s says so', async (_what, file, spoil, code, message) => {
    const end = await trade(['--model', await spoiltModel(file, spoil)]);
    await expectRecordedFailure(end, { code, message });
    expect(end.summary).toMatchObject({ model: null, listed: 0, cashBefore: null });
  });

  it('in the function app says so too', async () => {
    const model = await spoiltModel('model.onnx', flipByte);
    const end = await tradeEmbedded(['--model', model]);
    await expectRecordedFailure(end, { code: 'MODEL_CORRUPT', message: /SHA-256/ });
  });

  it('without a model names every file that it lacks', async () => {
    const end = await trade(['--model', join(folder, 'nowhere')]);
    await expectRecordedFailure(end, {
      code: 'MODEL_MISSING',
      message: /nowhere.*manifest\.json, model\.onnx, parity\.csv/,
    });
  });

  it('with the wrong key is refused, and the key is told nobody', async () => {
    const key = 'not-the-key-of-the-market';
    const environment = settingsOf(key);
    const runs = [
      await runOverFiles(live(), { environment }),
      await runEmbedded(live(), { environment }),
    ];
    for (const end of runs) {
      await expectRecordedFailure(end, { code: 'VENUE_REFUSED', message: /access key.*403/ });
      const files = await readdir(end.stateFolder, { recursive: true, withFileTypes: true });
      const texts = await Promise.all(
        files
          .filter((file) => file.isFile())
          .map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
      );
      expect(texts.length).toBeGreaterThan(3);
      const report = await readFile(end.summary.report ?? '', 'utf8');
      for (const text of [...texts, end.stdout, end.stderr, report]) {
        expect(text).not.toContain(key);
      }
    }
  });

  describe('with own data', () => {
    const { stateUnemployment, zip3Income } = generateMonth(1, day);
    const unemployment = (lines = stateUnemployment): string[] => [
      'month,state,unemployment_rate',
      ...lines.map((line) => `${line.month},${line.state},${line.unemployment_rate}`),
    ];
    const income = [
      'zip3,median_income',
      ...zip3Income.map((row) => `${row.zip3},${row.median_income}`),
    ];

    async function files(unemploymentLines: readonly string[]): Promise<OwnDataPaths> {
      const paths = {
        unemployment: join(folder, 'unemployment.csv'),
        income: join(folder, 'income.csv'),
      };
      await writeFile(paths.unemployment, `${unemploymentLines.join('\n')}\n`);
      await writeFile(paths.income, `${income.join('\n')}\n`);
      return paths;
    }

    const tradeWith = async (lines: readonly string[]): Promise<RunEnd> =>
      trade([], await files(lines));

    it('is matched by its columns, whichever file comes first', async () => {
      const paths = await files(unemployment());
      const args = ['--own-data', paths.income, '--own-data', paths.unemployment];
      for (const run of [tradeEmbedded, trade]) {
        const end = await run(['--mode', 'paper', ...args]);
        expect(end.summary).toMatchObject({ status: 'traded', scored: 245, error: null });
        expect(end.summary.report).not.toBeNull();
      }
    });

    it('of which a file is missing says which', async () => {
      const args = ['--own-data', join(folder, 'nowhere.csv')];
      for (const end of [await tradeEmbedded(args), await trade(args)]) {
        await expectRecordedFailure(end, { code: 'DATA_MISSING', message: /nowhere\.csv/ });
      }
    });

    it('of which a set was not given says which', async () => {
      const paths = await files(unemployment());
      const end = await tradeEmbedded(['--own-data', paths.income]);
      await expectRecordedFailure(end, {
        code: 'DATA_MISSING',
        message: /no file fits state-unemployment \(state, month, unemployment_rate\)/,
      });
    });

    it('of other columns than declared says which', async () => {
      const end = await tradeWith(['month,state,rate', '2025-01-01,CA,5']);
      await expectRecordedFailure(end, { code: 'DATA_INVALID', message: /month, state, rate/ });
    });

    it('in an unknown format says so', async () => {
      const end = await trade(['--own-data', join(folder, 'income.xlsx')]);
      await expectRecordedFailure(end, {
        code: 'DATA_INVALID',
        message: /neither CSV nor Parquet/,
      });
    });

    it('with bad lines names each', async () => {
      const lines = unemployment();
      lines[3] = lines[3]?.replace(/,[^,]*$/, ',five') ?? '';
      lines[5] = lines[4] ?? '';
      const end = await tradeWith(lines);
      await expectRecordedFailure(end, { code: 'DATA_INVALID', message: /line 4.*five/ });
      expect(end.summary.error?.message).toMatch(/line 6.* already on line 5/);
    });

    it('that has gone stale buys nothing, with a reason for every listing', async () => {
      const lines = unemployment(stateUnemployment.filter(({ month }) => month < '2025-06'));
      const end = await tradeWith(lines);
      await expectRecordedFailure(end, { code: 'DATA_STALE', message: /: 250 own-data-stale / });
      expect(end.summary).toMatchObject({ listed: 250, matched: 0, scored: 0 });
      const decisions = await readDecisions(end.outFolder);
      expect(decisions).toHaveLength(250);
      expect(decisions.every(({ decision, q }) => decision === 'skip' && q === null)).toBe(true);
    });

    it('that begins too late buys nothing', async () => {
      const lines = unemployment(stateUnemployment.filter(({ month }) => month >= '2025-12'));
      const end = await tradeWith(lines);
      await expectRecordedFailure(end, {
        code: 'DATA_MISSING',
        message: /own-data-not-yet-known/,
      });
    });
  });

  it('without a ledger that can be written says so and begins nothing', async () => {
    const stateFolder = join(folder, 'state');
    await mkdir(stateFolder);
    await writeFile(join(stateFolder, 'ledger'), 'a file where the folder should be');
    const { environment } = market;
    const end = await runOverFiles(live(), { environment, stateFolder });
    expectSummary(end.summary);
    expect(end.exitCode).toBe(1);
    expect(end.summary).toMatchObject({
      status: 'failed',
      runId,
      report: null,
      decisions: null,
      error: { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('ledger') as string },
    });
  });

  it('whose ledger is damaged buys nothing until somebody has looked', async () => {
    const stateFolder = join(folder, 'state');
    const { environment } = market;
    const path = await craftBooks(stateFolder, [{ listingId: '7', outcome: 'filled' }]);
    const damaged = (await readFile(path, 'utf8')).slice(0, -20);
    await writeFile(path, damaged);
    const end = await runOverFiles(live(), { environment, stateFolder });
    expectSummary(end.summary);
    expect(end.exitCode).toBe(1);
    expect(end.summary.error).toMatchObject({ code: 'LEDGER_CORRUPT' });
    expect(await readFile(path, 'utf8')).toBe(damaged);
  });

  it('whose folder is in use by another command leaves it alone', async () => {
    const stateFolder = join(folder, 'state');
    await mkdir(stateFolder);
    const holder = { pid: process.ppid, identity: processIdentity(process.ppid) };
    await writeFile(join(stateFolder, 'in-use'), JSON.stringify(holder));
    const { environment } = market;
    const end = await runEmbedded(live(), { environment, stateFolder });
    expectSummary(end.summary);
    expect(end.exitCode).toBe(1);
    expect(end.summary.error).toMatchObject({
      code: 'STORE_CONFLICT',
      message: expect.stringContaining(`process ${process.ppid}`) as string,
    });
  });
});

describe('over a market that does not work, a run', () => {
  let venue: FakeVenue | null = null;

  afterEach(async () => {
    expect(venue?.orders() ?? 0).toBe(0);
    await venue?.close();
    venue = null;
  });

  async function tradeOver(listing: unknown): Promise<RunEnd> {
    venue = await startFakeVenue(listing);
    const args = ['--mode', 'live', '--market-url', venue.url];
    return runOverFiles(args, { environment: settingsOf() });
  }

  /** What the simulated market lists, for a test to spoil. */
  async function listed(): Promise<{ asOfDate: string; loans: Record<string, unknown>[] }> {
    const market = await startTestMarket();
    const response = await fetch(`${market.url}/api/investor/v1/loans/listing?showAll=true`, {
      headers: { authorization: settingsOf()['MISPRICED__TRADING_API_KEY'] ?? '' },
    });
    const listing = (await response.json()) as {
      asOfDate: string;
      loans: Record<string, unknown>[];
    };
    await market.close();
    return listing;
  }

  it('that cannot be reached says so', async () => {
    const market = await startTestMarket();
    await market.close();
    const { environment } = market;
    const code = 'VENUE_UNREACHABLE';
    for (const run of [runOverFiles, runEmbedded]) {
      // The account comes before anything else, and on paper there is none.
      const live = await run(['--mode', 'live', '--market-url', market.url], { environment });
      const account = /GET \/accounts\/\d+\/notes.*(connection|ECONNREFUSED)/;
      await expectRecordedFailure(live, { code, message: account });
      const onPaper = await run(['--mode', 'paper', '--market-url', market.url], { environment });
      const listing = /GET \/loans\/listing.*(connection|ECONNREFUSED)/;
      await expectRecordedFailure(onPaper, { code, message: listing });
      expect(onPaper.summary.model).not.toBeNull();
    }
  });

  it('with nothing on offer says so, and has no more to do', async () => {
    const market = await startTestMarket({ loans: [] });
    const end = await runOverFiles(['--mode', 'live', '--market-url', market.url], {
      environment: market.environment,
    });
    expect(await market.log()).toEqual(nothingAsked);
    await market.close();
    await expectRecordedFailure(end, {
      code: 'LISTING_EMPTY',
      status: 'nothing',
      message: /nothing on offer.*2026-01-05/,
    });
  });

  it.each([
    ['no JSON', '<html>Bad gateway</html>', /not JSON/],
    ['half of an answer', '{"asOfDate": "2026-01-05T10:00:00', /not JSON/],
    ['another shape', { asOfDate: '2026-01-05', loans: 'many' }, /loans/],
    ['no day', { loans: [] }, /asOfDate/],
  ])('that answers with %s says so', async (_what, listing, message) => {
    await expectRecordedFailure(await tradeOver(listing), {
      code: 'VENUE_ANSWER_INVALID',
      message,
    });
  });

  it.each([0, -12.5, 1e9, null, '12.5', 1250])(
    'whose prices are all %j buys nothing',
    async (intRate) => {
      const listing = await listed();
      const loans = listing.loans.map((loan) => ({ ...loan, intRate }));
      const end = await tradeOver({ ...listing, loans });
      await expectRecordedFailure(end, {
        code: 'LISTING_IMPLAUSIBLE',
        message: /^250 of 250 entries/,
      });
      expect(end.summary).toMatchObject({ listed: 250, scored: 0 });
    },
  );

  it('that dropped a field which the model needs buys nothing', async () => {
    const listing = await listed();
    const loans = listing.loans.map((loan) => ({ ...loan, annualInc: undefined }));
    await expectRecordedFailure(await tradeOver({ ...listing, loans }), {
      code: 'LISTING_IMPLAUSIBLE',
      message: /missing-value.*annual_income/,
    });
  });

  it('of which a few prices are absurd leaves those alone', async () => {
    const { loans } = generateMonth(1, day);
    const absurd = new Set(loans.slice(0, 20).map((loan) => loan.loan_id));
    const market = await startTestMarket({
      loans: loans.map((loan) => (absurd.has(loan.loan_id) ? { ...loan, int_rate: '9999' } : loan)),
    });
    const end = await runOverFiles(['--mode', 'live', '--market-url', market.url], {
      environment: market.environment,
    });
    const log = await market.log();
    await market.close();
    expect(end.summary).toMatchObject({
      status: 'traded',
      dropped: { 'invalid-listing': 20 },
      error: null,
    });
    expect(log.orders).toHaveLength(40);
    for (const { loanId } of log.orders) expect(absurd).not.toContain(String(loanId));
    const decisions = await readDecisions(end.outFolder);
    const invalid = decisions.filter(({ reason }) => reason === 'invalid-listing');
    expect(new Set(invalid.map(({ id }) => id))).toEqual(absurd);
    expect(invalid.every(({ q, decision }) => q === null && decision === 'skip')).toBe(true);
  });
});

describe('a failure in words', () => {
  it('is told once, with what to do, and no stack', async () => {
    const folder = await newFolder();
    const end = await runCommand([
      ...['run', '--slot', slot, '--model', join(folder, 'nowhere'), '--state', folder],
      ...['--out', join(folder, 'out')],
    ]);
    expect(end.exitCode).toBe(1);
    expect(end.stdout.match(/MODEL_MISSING: /g)).toHaveLength(1);
    expect(end.stdout).toMatch(/What to do: Name a folder that `npx mispriced train` wrote/);
    expect(end.stdout).toMatch(/status +failed/);
    expectNoStackTrace(end.stdout, end.stderr);
  });
});
