import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMoney,
  MispricedError,
  orderIdFor,
  parseMoney,
  zeroMoney,
  type LedgerEntry,
  type OrderIntent,
  type OrderOutcome,
  type OrderResult,
  type PlacedOrder,
  type Venue,
} from '../domain/index.ts';
import { placeOrders, type OrderDependencies } from './place-orders.ts';

const runId = 'lending-20260105T152503Z';

function intent(listingId: string, amount = '25.00'): OrderIntent {
  return {
    orderId: orderIdFor({ runId, venue: 'test', listingId, side: 'buy' }),
    runId,
    venue: 'test',
    listingId,
    group: '36',
    side: 'buy',
    amount: parseMoney(amount),
  };
}

function answer(order: OrderIntent, outcome: OrderOutcome): OrderResult {
  return {
    orderId: order.orderId,
    listingId: order.listingId,
    outcome,
    filled: outcome === 'filled' ? order.amount : zeroMoney,
    venueOrderId: outcome === 'filled' ? '1' : null,
    venueStatuses: [outcome],
  };
}

const unreachable = (): MispricedError =>
  new MispricedError({ code: 'VENUE_UNREACHABLE', message: 'no answer', fix: 'wait' });

/** Dependencies whose venue and ledger are lists, so that the order of everything can be read. */
function newDependencies(args: Partial<OrderDependencies> & { venue?: Venue } = {}): {
  dependencies: OrderDependencies;
  happened: string[];
  ledger: LedgerEntry[];
} {
  const happened: string[] = [];
  const ledger: LedgerEntry[] = [];
  let now = Date.parse('2026-01-05T15:25:03Z');
  const dependencies: OrderDependencies = {
    venue: venueThat({}, happened),
    mode: 'live',
    record: (...entries) => {
      for (const entry of entries) {
        ledger.push(entry);
        happened.push('listingId' in entry ? `${entry.type} ${entry.listingId}` : entry.type);
      }
      return Promise.resolve();
    },
    ensureOnlyRun: () => Promise.resolve(),
    readHalt: () => Promise.resolve(null),
    batchSize: 2,
    settleAfterSeconds: 30,
    now: () => new Date(now),
    sleep: (milliseconds) => {
      now += milliseconds;
      happened.push(`waited ${milliseconds / 1000} s`);
      return Promise.resolve();
    },
    ...args,
  };
  return { dependencies, happened, ledger };
}

function venueThat(
  behaviour: {
    outcome?: (order: OrderIntent) => OrderOutcome | null;
    placed?: () => readonly PlacedOrder[];
    refuses?: () => MispricedError | null;
  },
  happened: string[] = [],
): Venue {
  return {
    name: 'test',
    listSecurities: () => Promise.reject(new Error('not asked')),
    availableCash: () => Promise.reject(new Error('not asked')),
    placeOrders: (batch) => {
      happened.push(`sent ${batch.map((order) => order.listingId).join(',')}`);
      const refusal = behaviour.refuses?.() ?? null;
      if (refusal !== null) return Promise.reject(refusal);
      return Promise.resolve(
        batch.flatMap((order) => {
          const outcome = behaviour.outcome === undefined ? 'filled' : behaviour.outcome(order);
          return outcome === null ? [] : [answer(order, outcome)];
        }),
      );
    },
    findOrders: () => {
      happened.push('read back');
      return Promise.resolve(behaviour.placed?.() ?? []);
    },
  };
}

describe('placeOrders', () => {
  it('writes every intent before it is sent, and every result after', async () => {
    const happened: string[] = [];
    const { dependencies } = newDependencies({ venue: venueThat({}, happened) });
    const record = (...entries: readonly LedgerEntry[]): Promise<void> => {
      happened.push(...entries.map((entry) => entry.type));
      return Promise.resolve();
    };
    const placed = await placeOrders([intent('a'), intent('b'), intent('c')], {
      ...dependencies,
      record,
    });
    expect(happened).toEqual([
      'order-intended',
      'order-intended',
      'sent a,b',
      'order-result',
      'order-result',
      'order-intended',
      'sent c',
      'order-result',
    ]);
    expect(placed.results.map((result) => result.filled)).toEqual(['25.00', '25.00', '25.00']);
    expect(placed).toMatchObject({ unsent: [], stopped: null });
  });

  it('asks the kill switch before each batch and stops there', async () => {
    const answers = [null, 'odd prices'];
    const { dependencies, happened } = newDependencies({
      readHalt: () => Promise.resolve(answers.shift() ?? null),
    });
    const placed = await placeOrders([intent('a'), intent('b'), intent('c')], dependencies);
    expect(placed.stopped).toEqual({ kind: 'kill-switch', why: 'odd prices' });
    expect(placed.unsent.map((order) => order.listingId)).toEqual(['c']);
    expect(happened).not.toContain('order-intended c');
  });

  it('stops before its next order when another run has taken over', async () => {
    const lost = new MispricedError({ code: 'RUN_LEASE_LOST', message: 'lost', fix: 'none' });
    const { dependencies, ledger } = newDependencies({ ensureOnlyRun: () => Promise.reject(lost) });
    const placed = await placeOrders([intent('a')], dependencies);
    expect(placed.stopped).toEqual({ kind: 'error', error: lost });
    expect(ledger).toEqual([]);
  });

  it.each<[string, readonly PlacedOrder[], OrderOutcome, string]>([
    [
      'was taken',
      [{ listingId: 'a', filled: parseMoney('25.00'), venueOrderId: '7' }],
      'filled',
      '25.00',
    ],
    [
      'was taken in part',
      [{ listingId: 'a', filled: parseMoney('10.00'), venueOrderId: '7' }],
      'partly-filled',
      '10.00',
    ],
    ['was not taken', [], 'refused', '0.00'],
  ])('settles an order without an answer that %s', async (_what, held, outcome, filled) => {
    const { dependencies, happened, ledger } = newDependencies();
    const venue = venueThat(
      { outcome: (order) => (order.listingId === 'a' ? null : 'filled'), placed: () => held },
      happened,
    );
    const placed = await placeOrders([intent('a'), intent('b'), intent('c')], {
      ...dependencies,
      venue,
    });
    expect(happened).toContain('waited 30 s');
    expect(placed.stopped).toBeNull();
    expect(placed.results.map((result) => result.listingId)).toEqual(['a', 'b', 'c']);
    expect(placed.results[0]).toMatchObject({ outcome, filled, source: 'read-back' });
    const forA = ledger.filter((entry) => 'listingId' in entry && entry.listingId === 'a');
    expect(forA.map((entry) => ('outcome' in entry ? entry.outcome : entry.type))).toEqual([
      'order-intended',
      'unknown',
      outcome,
    ]);
  });

  it('buys nothing more while an order is unknown', async () => {
    const venue: Venue = {
      ...venueThat({ outcome: () => 'unknown' }),
      findOrders: () => Promise.reject(unreachable()),
    };
    const { dependencies, ledger } = newDependencies({ venue });
    const placed = await placeOrders([intent('a'), intent('b'), intent('c')], dependencies);
    expect(placed.stopped).toMatchObject({ kind: 'error', error: { code: 'ORDER_UNKNOWN' } });
    expect(placed.unsent.map((order) => order.listingId)).toEqual(['c']);
    expect(ledger.filter((entry) => entry.type === 'order-result')).toHaveLength(2);
  });

  it('records a batch that the venue turned away as refused, and stops', async () => {
    const { dependencies, ledger } = newDependencies({
      venue: venueThat({ refuses: unreachable }),
    });
    const placed = await placeOrders([intent('a'), intent('b'), intent('c')], dependencies);
    expect(placed.stopped).toMatchObject({ error: { code: 'VENUE_UNREACHABLE' } });
    expect(
      ledger.flatMap((entry) => (entry.type === 'order-result' ? [entry.venueStatuses] : [])),
    ).toEqual([['VENUE_UNREACHABLE'], ['VENUE_UNREACHABLE']]);
    expect(placed.unsent).toHaveLength(1);
  });

  it('sends nothing that the ledger would not take', async () => {
    const full = new MispricedError({ code: 'STORE_UNAVAILABLE', message: 'full', fix: 'clear' });
    const happened: string[] = [];
    const { dependencies } = newDependencies({
      venue: venueThat({}, happened),
      record: () => Promise.reject(full),
    });
    const placed = await placeOrders([intent('a')], dependencies);
    expect(placed.stopped).toEqual({ kind: 'error', error: full });
    expect(happened).toEqual([]);
  });

  it('for any venue: an intent for every order sent, and never an order sent twice', async () => {
    const outcomes = fc.constantFrom<OrderOutcome | null>('filled', 'refused', 'unknown', null);
    await fc.assert(
      fc.asyncProperty(
        fc.array(outcomes, { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (fates, batchSize, readable) => {
          const intents = fates.map((_fate, index) => intent(String(index)));
          const happened: string[] = [];
          const venue = venueThat(
            { outcome: (order) => fates[Number(order.listingId)] ?? null },
            happened,
          );
          const { dependencies, ledger } = newDependencies({
            batchSize,
            venue: readable ? venue : { ...venue, findOrders: () => Promise.reject(unreachable()) },
          });
          const placed = await placeOrders(intents, dependencies);
          const sent = happened.flatMap((line) =>
            line.startsWith('sent ') ? line.slice(5).split(',') : [],
          );
          expect(new Set(sent).size).toBe(sent.length);
          const intended = ledger.flatMap((entry) =>
            entry.type === 'order-intended' ? [entry.listingId] : [],
          );
          expect(intended).toEqual(sent);
          expect(sent.length + placed.unsent.length).toBe(intents.length);
          expect(placed.results.map((result) => result.listingId)).toEqual(sent);
        },
      ),
    );
  });
});

describe('money in the ledger', () => {
  it('has two decimals', async () => {
    const { dependencies, ledger } = newDependencies();
    await placeOrders([intent('a', '25')], dependencies);
    expect(ledger[0]).toMatchObject({ amount: formatMoney(parseMoney('25')) });
  });
});
