import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixturesFolder } from '@mispriced/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { loanToListing, readLoanFile, startMarket, type LoanRow } from '../index.ts';
import { listingFields } from '../replay/listing-fields.ts';
import { accessKey, accountId, marketClient } from './market-client.ts';

type Loans = Record<string, string | number | null>[];

const fixtures = fixturesFolder();

const knownAfterwards = [
  'loan_status',
  'default',
  'last_pymnt_d',
  'total_pymnt',
  'total_rec_prncp',
  'total_rec_int',
  'recoveries',
];

describe.skipIf(fixtures === null)('the market on real loans', () => {
  const data = join(fixtures ?? '', 'data');
  let rows: readonly LoanRow[] = [];
  let recorded: Loans = [];
  let served: Loans = [];
  let asOfDate = '';

  beforeAll(async () => {
    ({ rows } = await readLoanFile(join(data, 'lendingclub_2007_2010.csv.gz')));
    const path = join(data, 'payloads', 'lendingclub-listing-2016-04-28.json');
    recorded = (JSON.parse(await readFile(path, 'utf8')) as { loans: Loans }).loans;
    const market = await startMarket({
      loans: rows,
      asOf: '2010-12-15',
      cash: '10000.00',
      accessKey,
      accountId,
    });
    const { body } = await marketClient(market.url).get('/loans/listing?showAll=true');
    await market.close();
    ({ loans: served, asOfDate } = body as { loans: Loans; asOfDate: string });
  });

  it('offers exactly the loans issued in the month', () => {
    expect(rows).toHaveLength(20_814);
    expect(served).toHaveLength(1335);
    const issued = rows.filter((row) => row['issue_d']?.startsWith('2010-12'));
    expect(served.map(({ id }) => String(id))).toEqual(issued.map((row) => row['loan_id']));
    expect(asOfDate).toBe('2010-12-15T10:00:00.000-08:00');
  });

  it('can list every loan of the file in its month', () => {
    const listed = rows.filter((row) => loanToListing(row, row['issue_d'] ?? '') !== null);
    expect(listed).toHaveLength(rows.length);
  });

  it('has the fields of the recorded answer, in its types', () => {
    const [first = {}] = recorded;
    expect(Object.keys(served[0] ?? {})).toEqual(Object.keys(first));
    for (const field of Object.keys(first)) {
      const types = (loans: Loans) =>
        new Set(loans.map((loan) => loan[field] ?? null).filter((value) => value !== null))
          .values()
          .map((value) => typeof value)
          .toArray();
      const expected = new Set(types(recorded));
      for (const type of types(served)) if (expected.size > 0) expect(expected).toContain(type);
    }
  });

  it('writes dates as the recorded answer does', () => {
    const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}-0[78]:00$/;
    const dates = (loans: Loans) => loans.map((loan) => loan['earliestCrLine']);
    for (const date of dates(recorded)) expect(date).toMatch(form);
    for (const date of dates(served)) if (date !== null) expect(date).toMatch(form);
  });

  it('serves the values that the recorded answer has for closed lists', () => {
    for (const field of ['isIncV', 'initialListStatus', 'applicationType', 'term']) {
      const known = new Set(recorded.map((loan) => loan[field]));
      for (const loan of served) expect(known).toContain(loan[field]);
    }
  });

  it('maps every column as the published list of names does', async () => {
    const text = await readFile(join(data, 'lendingclub-columns.csv'), 'utf8');
    const published = new Map(
      text
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(',') as [string, string]),
    );
    published.delete('id');
    published.delete('funded_amnt');
    published.set('loan_id', 'id');
    const ours = Object.entries(listingFields).flatMap(([field, source]) =>
      source === null ? [] : [[source[0], field] as const],
    );
    expect(new Map(ours)).toEqual(new Map([...published].sort(byPosition(ours))));
    for (const column of knownAfterwards) expect(published.has(column)).toBe(false);
  });

  it('serves nothing that became known afterwards: it could not tell these files apart', () => {
    const month = rows.filter((row) => row['issue_d'] === '2010-12-01');
    for (const row of month) {
      const spoilt = Object.fromEntries(
        Object.entries(row).map(([column, cell]) => [
          column,
          [...knownAfterwards, 'funded_amnt', 'meets_credit_policy'].includes(column) ? 'x' : cell,
        ]),
      );
      expect(loanToListing(spoilt, '2010-12-15')).toEqual(loanToListing(row, '2010-12-15'));
    }
    const fields = new Set(served.flatMap((loan) => Object.keys(loan)));
    for (const column of knownAfterwards) {
      expect(fields).not.toContain(column);
      expect(fields).not.toContain(camelCase(column));
    }
  });

  it('leaves null what the file leaves empty', () => {
    const emptyInFile = rows.filter(
      (row) => row['issue_d'] === '2010-12-01' && row['mths_since_last_record'] === '',
    ).length;
    const nulls = served.filter((loan) => loan['mthsSinceLastRecord'] === null).length;
    expect(emptyInFile).toBeGreaterThan(0);
    expect(nulls).toBe(emptyInFile);
  });

  it.each([
    ['summary', 'lendingclub-summary.json'],
    ['availablecash', 'lendingclub-available-cash.json'],
  ])('answers %s with the recorded fields', async (what, file) => {
    const text = await readFile(join(data, 'payloads', file), 'utf8');
    const fields = Object.keys(JSON.parse(text) as object);
    const answer = await withRealMarket(rows, (client) => client.account(what));
    expect(Object.keys(answer.body as object)).toEqual(fields);
  });

  it('answers orders and notes with the recorded fields and words', async () => {
    const text = await readFile(join(data, 'payloads', 'lendingclub-notes.json'), 'utf8');
    const [note = {}] = (JSON.parse(text) as { myNotes: object[] }).myNotes;
    const answers = await withRealMarket(rows, async (client) => {
      const id = served[0]?.['id'];
      const orders = [
        { loanId: id, requestedAmount: 55 },
        { loanId: 1, requestedAmount: 25 },
      ];
      return { order: await client.order(orders), notes: await client.account('notes') };
    });
    expect(answers.order.body).toMatchObject({
      orderConfirmations: [
        { investedAmount: 50, executionStatus: ['REQUESTED_AMOUNT_ROUNDED', 'ORDER_FULFILLED'] },
        { investedAmount: 0, executionStatus: ['NOT_AN_IN_FUNDING_LOAN'] },
      ],
    });
    const { myNotes } = answers.notes.body as { myNotes: object[] };
    expect(Object.keys(myNotes[0] ?? {})).toEqual(expect.arrayContaining(Object.keys(note)));
  });
});

async function withRealMarket<Result>(
  loans: readonly LoanRow[],
  use: (client: ReturnType<typeof marketClient>) => Promise<Result>,
): Promise<Result> {
  const market = await startMarket({
    loans,
    asOf: '2010-12-15',
    cash: '10000.00',
    accessKey,
    accountId,
    requestsPerSecond: null,
  });
  try {
    return await use(marketClient(market.url));
  } finally {
    await market.close();
  }
}

function camelCase(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function byPosition(ours: readonly (readonly [string, string])[]) {
  const position = (column: string) => ours.findIndex(([name]) => name === column);
  return (a: readonly [string, string], b: readonly [string, string]): number =>
    position(a[0]) - position(b[0]);
}
