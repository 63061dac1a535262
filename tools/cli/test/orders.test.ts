import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ErrorCode,
  formatMoney,
  parseMoney,
  readRuns,
  sumMoney,
  type LedgerOrder,
  type OrderOutcome,
  type OrderResultEntry,
} from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { generateMonth } from '../src/run/embedded-market.ts';
import { expectHonestBooks } from './support/expect-honest-books.ts';
import {
  day,
  newFolder,
  readLedger,
  readOnlyRun,
  runId,
  runOverFiles,
  type RunEnd,
} from './support/run-once.ts';
import { startTestMarket, type MarketLog } from './support/test-market.ts';

interface Ended {
  readonly end: RunEnd;
  readonly orders: readonly LedgerOrder[];
  readonly log: MarketLog;
}

interface Given {
  readonly faults?: readonly object[];
  readonly settings?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly market?: Parameters<typeof startTestMarket>[0];
}

/**
 * A live run of at most five orders of 100 dollars, two in a batch, while the market misbehaves; after
 * it decisions, ledger and market must tell one story.
 */
async function trade(given: Given = {}): Promise<Ended> {
  const market = await startTestMarket(given.market);
  try {
    await market.disturb(...(given.faults ?? []));
    const settingsPath = join(await newFolder(), 'settings.yaml');
    const limits = given.settings ?? 'per_order: 100, per_run: 500';
    await writeFile(settingsPath, `limits: { ${limits} }\nrun: { batch_size: 2 }\n`);
    const end = await runOverFiles(
      ['--mode', 'live', '--market-url', market.url, '--config', settingsPath],
      { environment: { ...market.environment, ...given.environment } },
    );
    const { orders } = await readOnlyRun(end.summary);
    const log = await market.log();
    await expectHonestBooks({ ...end, log });
    return { end, orders, log };
  } finally {
    await market.close();
  }
}

const resultsOf = (orders: readonly LedgerOrder[]): readonly (OrderResultEntry | null)[] =>
  orders.map(({ result }) => result);

const spentOf = ({ log }: Ended): string =>
  formatMoney(sumMoney(log.orders.map(({ investedAmount }) => parseMoney(investedAmount))));

const onOrders = (fault: string, more: object = {}): object => ({
  route: 'POST /orders',
  fault,
  ...more,
});

// Most of a run's time is waiting for the account to show an order.
describe.concurrent('orders at a market that', () => {
  it('takes them all, are intended, sent and booked once', async () => {
    const ended = await trade();
    expect(ended.end).toMatchObject({ exitCode: 0 });
    expect(ended.end.summary).toMatchObject({
      status: 'traded',
      runId,
      decided: 5,
      bought: 5,
      spent: '500.00',
      error: null,
    });
    expect(resultsOf(ended.orders)).toMatchObject(
      Array.from({ length: 5 }, () => ({
        outcome: 'filled',
        filled: '100.00',
        source: 'answer',
        venueStatuses: ['ORDER_FULFILLED'],
      })),
    );
    expect(ended.log.requests).toHaveLength(3);
    for (const { intent } of ended.orders) {
      expect(intent.orderId).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
    }
  });

  const fates: readonly (readonly [string, object, Partial<OrderResultEntry>])[] = [
    [
      'fills half of each',
      onOrders('partial-fill', { count: 9 }),
      { outcome: 'partly-filled', filled: '50.00', source: 'answer' },
    ],
    [
      'has sold them meanwhile',
      onOrders('vanish', { count: 9 }),
      { outcome: 'refused', filled: '0.00', venueStatuses: ['NOT_AN_IN_FUNDING_LOAN'] },
    ],
    [
      'takes them and loses its answer',
      onOrders('lost-answer', { count: 9 }),
      { outcome: 'filled', filled: '100.00', source: 'read-back' },
    ],
  ];

  it.each(fates)('%s end in the right line of the ledger', async (_what, fault, expected) => {
    const ended = await trade({ faults: [fault] });
    const { summary, exitCode } = ended.end;
    expect(resultsOf(ended.orders)).toMatchObject(Array.from({ length: 5 }, () => expected));
    expect(summary.spent).toBe(spentOf(ended));
    const isBought = expected.filled !== '0.00';
    expect(summary).toMatchObject({
      status: isBought ? 'traded' : 'nothing',
      bought: isBought ? 5 : 0,
      error: null,
    });
    expect(exitCode).toBe(0);
  });

  it.each([
    [
      'breaks down',
      onOrders('status-after-effect', { status: 500, count: 9 }),
      'VENUE_UNREACHABLE',
    ],
    ['garbles its answer', onOrders('malformed-answer', { count: 9 }), 'VENUE_ANSWER_INVALID'],
  ] as const)('takes them and %s stop the run, and are found', async (_what, fault, code) => {
    const ended = await trade({ faults: [fault] });
    const found = { outcome: 'filled', filled: '100.00', source: 'read-back' };
    expect(resultsOf(ended.orders)).toMatchObject([found, found]);
    expect(ended.end).toMatchObject({
      exitCode: 1,
      summary: { status: 'partial', bought: 2, spent: '200.00', error: { code } },
    });
  });

  const brokenChannels: readonly (readonly [string, object, ErrorCode])[] = [
    ['is busy', onOrders('system-busy', { count: 9 }), 'VENUE_ANSWER_INVALID'],
    ['cannot be reached for them', onOrders('unreachable', { count: 9 }), 'VENUE_UNREACHABLE'],
    [
      'breaks down before it takes them',
      onOrders('status', { status: 503, count: 9 }),
      'VENUE_UNREACHABLE',
    ],
  ];

  it.each(brokenChannels)('%s stop the run after one batch', async (_what, fault, code) => {
    const ended = await trade({ faults: [fault] });
    // Called refused only once readings after the market's own delay have shown nothing.
    const refused = { outcome: 'refused', filled: '0.00', source: 'read-back' };
    expect(resultsOf(ended.orders)).toMatchObject([refused, refused]);
    expect(ended.log.requests.length).toBeLessThan(2);
    expect(ended.end).toMatchObject({
      exitCode: 1,
      summary: { status: 'failed', decided: 5, bought: 0, spent: '0.00', error: { code } },
    });
  });

  it('answers too late are looked up', async () => {
    const ended = await trade({
      faults: [onOrders('slow', { delayMilliseconds: 2500 })],
      environment: { MISPRICED__VENUE__TIMEOUT_SECONDS: '1' },
    });
    expect(resultsOf(ended.orders).map((result) => result?.source)).toEqual([
      ...['read-back', 'read-back', 'answer', 'answer', 'answer'],
    ]);
    expect(ended.end.summary).toMatchObject({ status: 'traded', spent: '500.00' });
  });

  it('treats each batch differently have each its own fate', async () => {
    const ended = await trade({
      faults: [onOrders('lost-answer'), onOrders('partial-fill'), onOrders('vanish')],
    });
    const outcomes = resultsOf(ended.orders).map((result) => result?.outcome);
    expect(outcomes).toEqual<OrderOutcome[]>([
      ...(['filled', 'filled', 'partly-filled', 'partly-filled', 'refused'] as const),
    ]);
    expect(ended.end.summary).toMatchObject({ status: 'traded', bought: 4, spent: '300.00' });
  });

  it('keeps to steps of its own are rounded or refused', async () => {
    const rounded = await trade({
      // Three orders that may each be rounded up to 75.
      settings: 'per_order: 80, per_run: 225, step: 10, minimum_order: 10',
    });
    expect(resultsOf(rounded.orders)).toMatchObject(
      Array.from({ length: 3 }, () => ({
        outcome: 'rounded',
        filled: '50.00',
        venueStatuses: ['REQUESTED_AMOUNT_ROUNDED', 'ORDER_FULFILLED'],
      })),
    );
    expect(rounded.end.summary.spent).toBe('150.00');

    const low = await trade({
      settings: 'per_order: 25, per_run: 50, step: 10, minimum_order: 10',
    });
    expect(resultsOf(low.orders)).toMatchObject([
      { outcome: 'refused', venueStatuses: ['REQUESTED_AMNT_LOW'] },
      { outcome: 'refused', venueStatuses: ['REQUESTED_AMNT_LOW'] },
    ]);
    expect(low.end.summary).toMatchObject({ status: 'nothing', bought: 0, spent: '0.00' });
  });

  it('turns the key away in the middle stop the run', async () => {
    const ended = await trade({ faults: [onOrders('status', { status: 403, after: 1 })] });
    expect(ended.end).toMatchObject({ exitCode: 1 });
    expect(ended.end.summary).toMatchObject({
      status: 'partial',
      decided: 5,
      bought: 2,
      spent: '200.00',
      error: { code: 'VENUE_REFUSED' },
    });
    expect(resultsOf(ended.orders).map((result) => result?.outcome)).toEqual([
      ...['filled', 'filled', 'refused', 'refused'],
    ]);
  });

  it('loses an answer and cannot be read back stop the run, and the next one settles them', async () => {
    const market = await startTestMarket();
    try {
      await market.disturb(
        onOrders('lost-answer', { after: 1 }),
        // Read at the start, and before anything is decided; then neither after the batch nor at the end.
        { route: 'GET /notes', fault: 'status', status: 500, after: 2, count: 8 },
      );
      const limits = '{"limits":{"per_order":100,"per_run":500},"run":{"batch_size":2}}';
      const settingsPath = join(await newFolder(), 'settings.yaml');
      await writeFile(settingsPath, limits);
      const words = ['--mode', 'live', '--market-url', market.url];
      const end = await runOverFiles([...words, '--config', settingsPath], market);
      expect(end).toMatchObject({ exitCode: 1 });
      expect(end.summary).toMatchObject({
        status: 'partial',
        decided: 5,
        bought: 2,
        spent: '200.00',
        error: { code: 'ORDER_UNKNOWN' },
      });
      const { orders } = await readOnlyRun(end.summary);
      expect(resultsOf(orders).map((result) => result?.outcome)).toEqual([
        ...['filled', 'filled', 'unknown', 'unknown'],
      ]);
      expect((await market.log()).orders).toHaveLength(4);

      const next = await runOverFiles([...words, '--slot', '2026-01-06T15:25:03Z'], {
        ...market,
        stateFolder: end.stateFolder,
      });
      expect(next.summary).toMatchObject({ status: 'traded', cashBefore: '9600.00', error: null });
      const [first, second] = readRuns(await readLedger(next.summary));
      expect(resultsOf(first?.orders ?? [])).toMatchObject([
        ...[{}, {}],
        ...[
          { outcome: 'filled', source: 'read-back' },
          { outcome: 'filled', source: 'read-back' },
        ],
      ]);
      expect(first?.finished).toMatchObject({ status: 'partial', spent: '400.00' });
      const booked = [...(first?.orders ?? []), ...(second?.orders ?? [])];
      const ids = booked.map(({ intent }) => intent.listingId);
      expect(new Set(ids).size).toBe(ids.length);
      const after = await market.log();
      expect(after.orders.map(({ loanId }) => String(loanId)).sort()).toEqual(ids.toSorted());
    } finally {
      await market.close();
    }
  });
});

describe('the limits', () => {
  it('hold whatever the market does', async () => {
    const ended = await trade({
      settings: 'per_order: 175, per_run: 1500, listing_share: 0.01, per_group: { 60: 300 }',
      faults: [
        onOrders('partial-fill', { after: 1 }),
        onOrders('lost-answer', { after: 1 }),
        onOrders('system-busy', { after: 1 }),
      ],
      market: {
        cash: '900.00',
        seed: 3,
        otherInvestors: { vanishShare: 0.2, partialShare: 0.3 },
      },
    });
    const loans = new Map(generateMonth(1, day).loans.map((loan) => [Number(loan.loan_id), loan]));
    let inGroup = 0;
    for (const { loanId, investedAmount } of ended.log.orders) {
      const loan = loans.get(loanId);
      expect(investedAmount).toBeLessThanOrEqual(175);
      expect(investedAmount).toBeLessThanOrEqual(Number(loan?.loan_amnt) * 0.01);
      if (loan?.term === '60') inGroup += investedAmount;
    }
    expect(inGroup).toBeLessThanOrEqual(300);
    expect(Number(spentOf(ended))).toBeLessThanOrEqual(900);
    const outcomes = new Set(resultsOf(ended.orders).map((result) => result?.outcome));
    expect(outcomes.size).toBeGreaterThan(2);
    expect(outcomes).not.toContain('unknown');
  });
});
