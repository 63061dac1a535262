import { describe, expect, it } from 'vitest';
import {
  formatMoney,
  MispricedError,
  parseMoney,
  type LedgerDraft,
  type LedgerEntry,
  type PlacedOrder,
} from './domain/index.ts';
import { closeEarlierRuns, closePaperOrders } from './close-earlier-runs.ts';
import { committedMoney } from './ledger/index.ts';
import { openLedgerBook, type LedgerBook } from './ledger-book.ts';
import { refuseShortAccount, settleAccount } from './settle-account.ts';
import { inventedEntry } from './test/invented-run.ts';
import { inventedVenue, newAccount } from './test/invented-venue.ts';
import {
  absentLine,
  finishedLine,
  intendedLine,
  lineMoment,
  resultLine,
  startedLine,
} from './test/ledger-lines.ts';

const today = 'lending-20260105T152503Z';
const yesterday = 'lending-20260104T152503Z';
const start = Date.parse(lineMoment);

const holding = (listingId: string, filled: string): PlacedOrder => ({
  listingId,
  filled: parseMoney(filled),
  venueOrderId: `venue-${listingId}`,
});

/** An account that is read on a clock of its own; `shows` says what each reading finds, by the second. */
function newSettlement(
  entries: readonly LedgerEntry[],
  shows: (secondsSinceStart: number) => readonly PlacedOrder[] = () => [],
  more: { readonly trustsFirstReading?: boolean } = {},
) {
  let now = start;
  const recorded: LedgerDraft[] = [];
  const waited: number[] = [];
  const readAt: number[] = [];
  const book = openLedgerBook(entries, (...drafts) => {
    recorded.push(...drafts);
    return Promise.resolve(drafts.map(inventedEntry));
  });
  const venue = {
    ...inventedVenue({ listings: [], account: newAccount() }),
    findOrders: () => {
      readAt.push((now - start) / 1000);
      return Promise.resolve(shows((now - start) / 1000));
    },
  };
  const settle = (waitSeconds = 60) =>
    settleAccount(
      {
        venue,
        book,
        rule: { settleWithinSeconds: 30, releaseAfterHours: 24 },
        runId: today,
        times: {
          latest: () => new Date(now),
          earliest: () => new Date(now),
          elapsedMilliseconds: () => now - start,
        },
        sleep: (milliseconds) => {
          waited.push(milliseconds / 1000);
          now += milliseconds;
          return Promise.resolve();
        },
        onProgress: () => undefined,
        ...more,
      },
      waitSeconds,
    );
  const resultsOf = () => recorded.filter(({ type }) => type === 'order-result');
  return { settle, recorded, resultsOf, waited, readAt, book };
}

const baseline = inventedEntry({
  type: 'account-baseline',
  at: lineMoment,
  runId: today,
  venue: 'invented',
  accountMark: 'invented',
  holdings: [],
});

/** An order of today whose attempt ended without an answer. */
const unanswered = [
  startedLine(today),
  baseline,
  intendedLine(today, '1'),
  resultLine(today, '1', 'unknown'),
];

describe('settleAccount', () => {
  it('records at its first reading what the account held before', async () => {
    const { settle, recorded, book } = newSettlement([startedLine(today)], () => [
      holding('9', '75.00'),
    ]);
    await settle();
    expect(recorded).toMatchObject([
      { type: 'account-baseline', holdings: [{ listingId: '9', held: '75.00' }] },
    ]);
    await settle();
    expect(book.entries()).toHaveLength(2);
  });

  it('refuses to read one account for the orders of another', async () => {
    const { settle, recorded } = newSettlement(
      [startedLine(today), { ...baseline, accountMark: 'of another' } as LedgerEntry],
      () => [],
    );
    await expect(settle()).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('of another account') as string,
    });
    expect(recorded).toEqual([]);
  });

  it('reports once what somebody else bought since', async () => {
    const { settle, recorded } = newSettlement([startedLine(today), baseline], () => [
      holding('9', '75.00'),
    ]);
    await settle();
    await settle();
    expect(recorded).toMatchObject([
      { type: 'holding-found', kind: 'foreign', listingId: '9', held: '75.00' },
    ]);
  });

  it('finds what was bought, of orders without a result and of unknown fate', async () => {
    const lines = [
      startedLine(yesterday),
      baseline,
      ...['1', '2'].map((id) => intendedLine(yesterday, id)),
      resultLine(yesterday, '1', 'unknown'),
    ];
    const { settle, resultsOf, readAt } = newSettlement(lines, () => [
      holding('1', '25.00'),
      holding('2', '10.00'),
    ]);
    await settle();
    expect(resultsOf()).toMatchObject([
      { listingId: '1', outcome: 'filled', venueOrderId: 'venue-1', attemptEnded: true },
      { listingId: '2', outcome: 'unknown', filled: '10.00', attemptEnded: false },
    ]);
    expect(readAt).toEqual([0]);
  });

  it('waits for the declared delay, and believes only several readings that show nothing', async () => {
    const { settle, resultsOf, readAt } = newSettlement(unanswered);
    await settle();
    expect(readAt).toEqual([0, 32, 37, 42]);
    expect(resultsOf()).toMatchObject([{ outcome: 'refused', source: 'read-back' }]);
  });

  it('keeps an order open of which a part shows, until several readings show no more of it', async () => {
    const part = newSettlement(unanswered, () => [holding('1', '10.00')]);
    await part.settle();
    expect(part.readAt).toEqual([0, 32, 37, 42]);
    expect(part.resultsOf()).toMatchObject([
      { outcome: 'unknown', filled: '10.00' },
      { outcome: 'partly-filled', filled: '10.00', source: 'read-back' },
    ]);
    const whole = newSettlement(unanswered, (seconds) => [
      holding('1', seconds < 30 ? '10.00' : '25.00'),
    ]);
    await whole.settle();
    expect(whole.resultsOf()).toMatchObject([
      { outcome: 'unknown', filled: '10.00' },
      { outcome: 'filled', filled: '25.00' },
    ]);
    const [run] = part.book.runs();
    expect(run?.orders.map(committedMoney).map(formatMoney)).toEqual(['10.00']);
  });

  it('does not call an order refused that shows at the last moment', async () => {
    const { settle, resultsOf } = newSettlement(unanswered, (seconds) =>
      seconds < 40 ? [] : [holding('1', '25.00')],
    );
    await settle();
    expect(resultsOf()).toMatchObject([{ outcome: 'filled', source: 'read-back' }]);
  });

  it('corrects what was called refused and turns up, in whichever later run', async () => {
    const lines = [
      startedLine(yesterday),
      baseline,
      intendedLine(yesterday, '1'),
      resultLine(yesterday, '1', 'refused'),
      finishedLine(yesterday),
    ];
    const { settle, recorded } = newSettlement(lines, () => [holding('1', '25.00')]);
    await settle();
    expect(recorded).toMatchObject([
      { type: 'order-result', runId: yesterday, outcome: 'filled', filled: '25.00' },
    ]);
  });

  it('does not wait for an order whose attempt nobody saw end, and keeps it open', async () => {
    const lines = [startedLine(yesterday), baseline, intendedLine(yesterday, '1')];
    const { settle, recorded, waited } = newSettlement(lines);
    await settle();
    expect(waited).toEqual([]);
    expect(recorded).toMatchObject([{ type: 'order-absent', listingId: '1' }]);
  });

  it('gives it up after a day of readings that showed nothing', async () => {
    const hours = (count: number) => new Date(start - count * 3_600_000).toISOString();
    const lines = [
      startedLine(yesterday),
      baseline,
      intendedLine(yesterday, '1'),
      absentLine(yesterday, '1', hours(24)),
      absentLine(yesterday, '1', hours(1)),
    ];
    const { settle, resultsOf } = newSettlement(lines);
    await settle();
    expect(resultsOf()).toMatchObject([{ outcome: 'refused', attemptEnded: false }]);
  });

  it('never waits for a moment far ahead: an order dated so stays open', async () => {
    const lines = [
      startedLine(yesterday),
      baseline,
      intendedLine(yesterday, '1', { at: '2026-02-05T15:25:03.000Z' }),
      resultLine(yesterday, '1', 'unknown', { at: '2026-02-05T15:25:03.000Z' }),
    ];
    const { settle, waited, resultsOf } = newSettlement(lines);
    await settle();
    expect(waited).toEqual([]);
    expect(resultsOf()).toEqual([]);
  });
});

describe('an account that holds less than was bought', () => {
  const lines = [
    startedLine(yesterday),
    baseline,
    intendedLine(yesterday, '1'),
    resultLine(yesterday, '1', 'filled', { at: '2026-01-04T15:25:10.000Z' }),
  ];

  it('is refused, by name and amount', async () => {
    const { settle } = newSettlement(lines, () => [holding('1', '10.00')]);
    const said = await settle();
    expect(() => {
      refuseShortAccount(said);
    }).toThrow('15.00 dollars of 1');
    expect(() => {
      refuseShortAccount(said);
    }).toThrow(MispricedError);
  });

  it('is not believed before its first reading was, unless a person says so', async () => {
    const unread = lines.filter((line) => line !== baseline);
    const doubted = newSettlement(unread, () => []);
    expect((await doubted.settle()).missing).toHaveLength(1);
    expect(doubted.recorded).toEqual([]);
    const trusted = newSettlement(unread, () => [], { trustsFirstReading: true });
    await trusted.settle();
    expect(trusted.recorded).toMatchObject([{ type: 'account-baseline' }]);
  });

  it('is not where the venue reports what was repaid', async () => {
    const { settle } = newSettlement(lines, () => [
      { ...holding('1', '0.00'), gone: parseMoney('25.00') },
    ]);
    expect(() => {
      refuseShortAccount({ found: [], absent: [], foreign: [], missing: [] });
    }).not.toThrow();
    expect((await settle()).missing).toEqual([]);
  });
});

describe('runs that did not end themselves', () => {
  const open = (entries: readonly LedgerEntry[]): { book: LedgerBook; recorded: LedgerDraft[] } =>
    newSettlement(entries);

  it('are ended as partial, but for the one at work', async () => {
    const { book, recorded } = open([
      startedLine(yesterday),
      intendedLine(yesterday, '1'),
      resultLine(yesterday, '1', 'filled'),
      startedLine(today),
    ]);
    await closeEarlierRuns(book, today, new Date(start));
    expect(recorded).toMatchObject([
      { runId: yesterday, status: 'partial', spent: '25.00', errorCode: 'RUN_INTERRUPTED' },
    ]);
  });

  it('end anew where they spent something else than they said', async () => {
    const { book, recorded } = open([
      startedLine(yesterday),
      intendedLine(yesterday, '1'),
      resultLine(yesterday, '1', 'filled'),
      finishedLine(yesterday, '0.00'),
    ]);
    await closeEarlierRuns(book, today, new Date(start));
    await closeEarlierRuns(book, today, new Date(start));
    expect(recorded).toMatchObject([{ runId: yesterday, spent: '25.00', errorCode: null }]);
  });

  it('on paper have sent nothing, whatever they left open', async () => {
    const { book, recorded } = open([
      startedLine(yesterday),
      intendedLine(yesterday, '1', { mode: 'paper' }),
    ]);
    await closePaperOrders(book, new Date(start));
    expect(recorded).toMatchObject([{ outcome: 'refused', source: 'paper' }]);
  });
});
