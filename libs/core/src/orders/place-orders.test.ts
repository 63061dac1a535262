import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alwaysOpen,
  neverRefuses,
  MispricedError,
  orderIdFor,
  orderResult,
  parseLedgerMoney,
  parseMoney,
  unsentBatch,
  zeroMoney,
  type LedgerDraft,
  type OrderIntent,
  type OrderOutcome,
  type PlacedBatch,
  type Venue,
} from '../domain/index.ts';
import { placeOrders, type OrderDependencies } from './place-orders.ts';

function intent(listingId: string, amount = '25.00'): OrderIntent {
  const named = { venue: 'test', account: 'main', listingId, side: 'buy' } as const;
  return {
    ...named,
    orderId: orderIdFor({ ...named, slot: new Date('2026-01-05T15:25:03Z') }),
    runId: 'lending-20260105T152503Z',
    group: '36',
    amount: parseMoney(amount),
    limitPrice: null,
  };
}

const failure = (code: MispricedError['code']): MispricedError =>
  new MispricedError({ code, message: `${code} happened`, fix: 'wait' });

interface Behaviour {
  /** What the answer says of an order; null where it leaves it out. */
  readonly outcome?: (order: OrderIntent) => OrderOutcome | null;
  readonly problem?: () => MispricedError | null;
  readonly isUnanswered?: boolean;
  /** Dollars that the account turns out to hold of a listing of unknown fate. */
  readonly settled?: (listingId: string) => string | null;
  readonly filled?: string;
}

/** Dependencies whose venue and ledger are lists, so that the order of everything can be read. */
function newDependencies(behaviour: Behaviour = {}, change: Partial<OrderDependencies> = {}) {
  const happened: string[] = [];
  const ledger: LedgerDraft[] = [];
  const latest = new Map<string, { outcome: string; filled: string }>();
  const record = (...drafts: readonly LedgerDraft[]): Promise<void> => {
    for (const draft of drafts) {
      ledger.push(draft);
      if (draft.type === 'order-result') latest.set(draft.orderId, draft);
      happened.push('listingId' in draft ? `${draft.type} ${draft.listingId}` : draft.type);
    }
    return Promise.resolve();
  };
  const placed = (batch: readonly OrderIntent[]): PlacedBatch => ({
    results: batch.flatMap((order) => {
      const outcome = behaviour.outcome === undefined ? 'filled' : behaviour.outcome(order);
      if (outcome === null) return [];
      const filled = outcome === 'filled' ? parseMoney(behaviour.filled ?? '25.00') : zeroMoney;
      return [orderResult(order, { outcome, filled, venueStatuses: [outcome] })];
    }),
    problem: behaviour.problem?.() ?? null,
    isUnanswered: behaviour.isUnanswered ?? false,
  });
  const venue: Venue = {
    name: 'test',
    accountMark: 'test',
    declaration: {
      settleWithinSeconds: 30,
      roundsUpTo: null,
      refusesRepeatedIds: false,
      refusesBeforeEffect: neverRefuses,
      isOpenAt: alwaysOpen,
    },
    listSecurities: () => Promise.reject(new Error('not asked')),
    availableCash: () => Promise.reject(new Error('not asked')),
    findOrders: () => Promise.reject(new Error('not asked')),
    placeOrders: (batch, { mayStillSend }) => {
      const problem = mayStillSend();
      if (problem !== null) return Promise.resolve(unsentBatch(batch, problem));
      happened.push(`sent ${batch.map((order) => order.listingId).join(',')}`);
      return Promise.resolve(placed(batch));
    },
  };
  const dependencies: OrderDependencies = {
    venue,
    mode: 'live',
    record,
    ensureOnlyRun: () => Promise.resolve(),
    learnTime: () => Promise.resolve(true),
    startSending: () => () => null,
    readHalt: () => Promise.resolve(null),
    ensureWithinLimits: () => undefined,
    settle: () => {
      happened.push('settled');
      let isAllKnown = true;
      for (const order of ledger.filter((draft) => draft.type === 'order-intended')) {
        if (latest.get(order.orderId)?.outcome !== 'unknown') continue;
        const filled = behaviour.settled?.(order.listingId) ?? null;
        if (filled === null) isAllKnown = false;
        else latest.set(order.orderId, { outcome: 'settled', filled });
      }
      return Promise.resolve(isAllKnown);
    },
    findBreach: () =>
      [...latest.values()].some(({ filled }) => parseLedgerMoney(filled).greaterThan(25))
        ? new MispricedError({ code: 'VENUE_OVERFILLED', message: 'm', fix: 'f' })
        : null,
    filledBy: ({ orderId }) => parseLedgerMoney(latest.get(orderId)?.filled ?? '0.00'),
    batchSize: 2,
    now: () => new Date('2026-01-05T15:25:03Z'),
    ...change,
  };
  return { dependencies, happened, ledger };
}

const three = ['a', 'b', 'c'].map((id) => intent(id));
const sentIn = (happened: readonly string[]): string[] =>
  happened.flatMap((line) => (line.startsWith('sent ') ? line.slice(5).split(',') : []));

describe('placeOrders', () => {
  it('writes every intent before it is sent, and every result after', async () => {
    const { dependencies, happened, ledger } = newDependencies();
    expect(await placeOrders(three, dependencies)).toBeNull();
    expect(happened).toEqual([
      'order-intended a',
      'order-intended b',
      'sent a,b',
      'order-result a',
      'order-result b',
      'order-intended c',
      'sent c',
      'order-result c',
    ]);
    expect(ledger[0]).toMatchObject({ account: 'main', amount: '25.00', limitPrice: null });
    expect(ledger[2]).toMatchObject({ source: 'answer', attemptEnded: true, filled: '25.00' });
  });

  it('asks the kill switch before each batch and stops there', async () => {
    const answers = [null, 'odd prices'];
    const readHalt = () => Promise.resolve(answers.shift() ?? null);
    const { dependencies, happened } = newDependencies({}, { readHalt });
    expect(await placeOrders(three, dependencies)).toEqual({
      kind: 'kill-switch',
      why: 'odd prices',
    });
    expect(sentIn(happened)).toEqual(['a', 'b']);
  });

  it.each(['ensureOnlyRun', 'record', 'ensureWithinLimits'] as const)(
    'sends nothing where %s says no',
    async (name) => {
      const error = failure('STORE_UNAVAILABLE');
      const refuse =
        name === 'ensureWithinLimits'
          ? () => {
              throw error;
            }
          : () => Promise.reject(error);
      const { dependencies, happened } = newDependencies({}, { [name]: refuse });
      expect(await placeOrders(three, dependencies)).toEqual({ kind: 'error', error });
      expect(sentIn(happened)).toEqual([]);
    },
  );

  it('does not send what was held up after it was written down, and says that it never left', async () => {
    const lost = failure('RUN_LEASE_LOST');
    const { dependencies, happened, ledger } = newDependencies(
      {},
      { startSending: () => () => lost },
    );
    expect(await placeOrders(three, dependencies)).toEqual({ kind: 'error', error: lost });
    expect(sentIn(happened)).toEqual([]);
    expect(ledger.slice(2)).toMatchObject([
      { listingId: 'a', outcome: 'refused', source: 'unsent' },
      { listingId: 'b', outcome: 'refused', source: 'unsent' },
    ]);
  });

  it('does not say when an attempt ended where the store did not tell the time', async () => {
    const { dependencies, ledger } = newDependencies(
      { outcome: () => 'unknown' },
      { learnTime: () => Promise.resolve(false) },
    );
    await placeOrders(three, dependencies);
    expect(ledger[2]).toMatchObject({ outcome: 'unknown', attemptEnded: false });
  });

  it.each([
    ['an answer that is none of the venue', false, '25.00'],
    ['none of which a part shows', true, '10.00'],
  ])('stops at %s, whatever the account shows', async (_what, isUnanswered, settled) => {
    const { dependencies, happened } = newDependencies({
      outcome: () => null,
      problem: () => failure('VENUE_REFUSED'),
      isUnanswered,
      settled: () => settled,
    });
    expect(await placeOrders(three, dependencies)).toMatchObject({
      error: { code: 'VENUE_REFUSED' },
    });
    expect(sentIn(happened)).toEqual(['a', 'b']);
  });

  it('goes on after a lost answer where the account shows that all was bought', async () => {
    const { dependencies, happened, ledger } = newDependencies({
      outcome: ({ listingId }) => (listingId === 'c' ? 'filled' : null),
      isUnanswered: true,
      problem: () => (sentIn(happened).length < 3 ? failure('VENUE_UNREACHABLE') : null),
      settled: () => '25.00',
    });
    expect(await placeOrders(three, dependencies)).toBeNull();
    expect(sentIn(happened)).toEqual(['a', 'b', 'c']);
    expect(ledger[2]).toMatchObject({ outcome: 'unknown', attemptEnded: true });
  });

  it.each([
    ['that bought nothing', '0.00', 'VENUE_UNREACHABLE'],
    ['of which nobody can tell', null, 'ORDER_UNKNOWN'],
  ] as const)('stops at a lost answer %s', async (_what, settled, code) => {
    const { dependencies, happened } = newDependencies({
      outcome: () => 'unknown',
      problem: () => failure('VENUE_UNREACHABLE'),
      settled: () => settled,
    });
    expect(await placeOrders(three, dependencies)).toMatchObject({
      kind: 'error',
      error: { code },
    });
    expect(sentIn(happened)).toEqual(['a', 'b']);
  });

  it.each(['25.00', null])(
    'halts where the answer says too much, and the account %s',
    async (settled) => {
      const { dependencies, happened } = newDependencies({
        outcome: () => 'unknown',
        problem: () => failure('VENUE_OVERFILLED'),
        settled: () => settled,
      });
      expect(await placeOrders(three, dependencies)).toMatchObject({
        kind: 'halt',
        error: { code: 'VENUE_OVERFILLED' },
      });
      expect(sentIn(happened)).toEqual(['a', 'b']);
    },
  );

  it('stops at an answer that says nothing of an order, until it is known', async () => {
    const { dependencies, happened } = newDependencies({
      outcome: ({ listingId }) => (listingId === 'a' ? 'filled' : null),
    });
    const stopped = await placeOrders(three, dependencies);
    expect(stopped).toMatchObject({ kind: 'error', error: { code: 'ORDER_UNKNOWN' } });
    expect(stopped).toMatchObject({
      error: { message: expect.stringContaining('for b,') as string },
    });
    expect(sentIn(happened)).toEqual(['a', 'b']);
  });

  it('stops at an answer that left out an order, also where the account shows that it was not taken', async () => {
    const { dependencies, happened } = newDependencies({
      outcome: ({ listingId }) => (listingId === 'a' ? 'filled' : null),
      settled: () => '0.00',
    });
    expect(await placeOrders(three, dependencies)).toMatchObject({
      kind: 'error',
      error: { code: 'VENUE_ANSWER_INVALID', message: expect.stringContaining('for b;') as string },
    });
    expect(sentIn(happened)).toEqual(['a', 'b']);
  });

  it('stops where the venue turns a whole batch away in its own words', async () => {
    const { dependencies, happened } = newDependencies({
      outcome: () => 'refused',
      problem: () => failure('VENUE_REFUSED'),
    });
    expect(await placeOrders(three, dependencies)).toMatchObject({
      error: { code: 'VENUE_REFUSED' },
    });
    expect(sentIn(happened)).toEqual(['a', 'b']);
  });

  it('goes on after single refusals: they are what a market does', async () => {
    const { dependencies, happened } = newDependencies({ outcome: () => 'refused' });
    expect(await placeOrders(three, dependencies)).toBeNull();
    expect(sentIn(happened)).toEqual(['a', 'b', 'c']);
  });

  it('halts after a batch that was filled for more than the venue declares', async () => {
    const { dependencies, happened } = newDependencies({ filled: '25.01' });
    expect(await placeOrders(three, dependencies)).toMatchObject({
      kind: 'halt',
      error: { code: 'VENUE_OVERFILLED' },
    });
    expect(sentIn(happened)).toEqual(['a', 'b']);
  });

  it('for any venue: an intent and a result for every order sent, and none sent twice', async () => {
    const fates = fc.constantFrom<OrderOutcome | null>('filled', 'refused', 'unknown', null);
    const settled = fc.constantFrom('25.00', '0.00', null);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fates, settled), { maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (orders, batchSize, hasProblem) => {
          const intents = orders.map((_order, index) => intent(String(index)));
          const { dependencies, happened, ledger } = newDependencies(
            {
              outcome: ({ listingId }) => orders[Number(listingId)]?.[0] ?? null,
              settled: (listingId) => orders[Number(listingId)]?.[1] ?? null,
              problem: () => (hasProblem ? failure('VENUE_UNREACHABLE') : null),
            },
            { batchSize },
          );
          const stopped = await placeOrders(intents, dependencies);
          const sent = sentIn(happened);
          expect(new Set(sent).size).toBe(sent.length);
          const listed = (type: LedgerDraft['type']) =>
            ledger.flatMap((draft) =>
              draft.type === type && 'listingId' in draft ? [draft.listingId] : [],
            );
          expect(listed('order-intended')).toEqual(sent);
          expect(listed('order-result')).toEqual(sent);
          if (stopped === null) expect(sent).toHaveLength(intents.length);
        },
      ),
    );
  });
});
