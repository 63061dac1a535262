import { describe, expect, it } from 'vitest';
import {
  MispricedError,
  orderIdFor,
  orderResultEntry,
  parseMoney,
  type LedgerDraft,
  type LedgerEntry,
  type PlacedOrder,
  type RunSummary,
} from './domain/index.ts';
import { parseDecisionsCsv } from './decide/index.ts';
import {
  full,
  inventedEntry,
  inventedKillSwitch,
  inventedLedger,
  inventedSettings,
  ledgerWithout,
  newState,
  runId,
  runOver,
  slot,
  type InventedState,
} from './test/invented-run.ts';
import { inventedModel } from './test/invented-model.ts';
import { inventedListing, inventedVenue } from './test/invented-venue.ts';

const good = ['1', '2', '3'].map((id) => inventedListing(id));
const listings = [...good, inventedListing('4', { loss: 0.19 })];

const failure = (code: MispricedError['code']): MispricedError =>
  new MispricedError({ code, message: `${code} happened`, fix: 'do something' });

/** What is written after the lease was taken. */
const writtenIn = (state: InventedState): LedgerEntry[] =>
  state.entries.filter(({ type }) => type !== 'lease-taken');
const typesOf = (state: InventedState): string[] => writtenIn(state).map(({ type }) => type);

const sentIds = (state: InventedState): string[] =>
  state.account.sent.map(({ listingId }) => listingId);

function lastEntry(state: InventedState): LedgerEntry | undefined {
  return state.entries.at(-1);
}

function slotOf(id: string): Date {
  return new Date(id.replace(/^.*-(\d{4})(\d\d)(\d\d)T152503Z$/, '$1-$2-$3T15:25:03.000Z'));
}

function started(id: string): LedgerEntry {
  const at = '2026-01-05T15:25:03.000Z';
  // The slot is in the name of the run.
  const slotOfRun = slotOf(id).toISOString();
  return inventedEntry({
    type: 'run-started',
    at,
    runId: id,
    slot: slotOfRun,
    stage: 'local',
    mode: 'live',
  });
}

function intended(id: string, listingId: string): LedgerEntry {
  const named = { venue: 'invented', account: 'main', listingId, side: 'buy' } as const;
  return inventedEntry({
    ...named,
    type: 'order-intended',
    at: '2026-01-05T15:25:04.000Z',
    runId: id,
    orderId: orderIdFor({ ...named, slot: slotOf(id) }),
    group: '36',
    amount: '25.00',
    reserved: '25.00',
    limitPrice: null,
    mode: 'live',
  });
}

describe('runSlot', () => {
  it('trades, and writes every step of it down', async () => {
    const state = newState();
    const summary = await runOver(state, listings);
    expect(summary).toEqual({
      status: 'traded',
      runId,
      slot: slot.toISOString(),
      stage: 'local',
      mode: 'live',
      listed: 4,
      dropped: {},
      matched: 4,
      scored: 4,
      decided: 3,
      bought: 3,
      cashBefore: '10000.00',
      spent: '75.00',
      model: { name: 'lending', version: '2025-01-01-0123456789ab' },
      ledger: 'ledger/main/2026-01.jsonl',
      report: `archive/${runId}/report.html`,
      decisions: `archive/${runId}/decisions.csv`,
      error: null,
    } satisfies RunSummary);
    expect(typesOf(state)).toEqual([
      'run-started',
      'account-baseline',
      'order-intended',
      'order-intended',
      'order-result',
      'order-result',
      'order-intended',
      'order-result',
      'run-finished',
    ]);
    expect(lastEntry(state)).toMatchObject({ status: 'traded', spent: '75.00', errorCode: null });
    expect(state.leases).toBe(0);
    expect([...state.archived.keys()].sort()).toEqual(
      ['decisions.csv', 'inputs.json', 'listing.json', 'report.html', 'summary.json'].map(
        (name) => `${runId}/${name}`,
      ),
    );
    expect(JSON.parse(state.archived.get(`${runId}/summary.json`) ?? '')).toEqual(summary);
  });

  it('runs a slot once', async () => {
    const state = newState();
    await runOver(state, listings);
    const said: string[] = [];
    const before = writtenIn(state).length;
    const again = await runOver(state, listings, {
      settings: { onProgress: (message) => said.push(message) },
    });
    expect(again).toMatchObject({
      status: 'skipped',
      runId,
      bought: 0,
      spent: '0.00',
      error: null,
    });
    expect(said).toEqual(['skipped: this slot was run before and ended as traded']);
    expect(writtenIn(state)).toHaveLength(before);
    expect(state.account.sent).toHaveLength(3);
  });

  it('leaves the slot to another run that is at work', async () => {
    const state = newState();
    const summary = await runOver(state, listings, {
      dependencies: { acquireLease: () => Promise.resolve(null) },
    });
    expect(summary).toMatchObject({ status: 'skipped', error: null });
    expect(state.entries).toEqual([]);
    expect(state.account.sent).toEqual([]);
  });

  it.each([
    [
      'the lease cannot be asked for',
      { acquireLease: () => Promise.reject(failure('STORE_UNAVAILABLE')) },
    ],
    [
      'the ledger cannot be read',
      {
        ledger: {
          ...inventedLedger(newState()),
          read: () => Promise.reject(failure('STORE_UNAVAILABLE')),
        },
      },
    ],
    [
      'the ledger cannot be written',
      {
        ledger: {
          ...inventedLedger(newState()),
          append: () => Promise.reject(failure('STORE_UNAVAILABLE')),
        },
      },
    ],
  ])('buys nothing where %s', async (_what, dependencies) => {
    const state = newState();
    const summary = await runOver(state, listings, { dependencies });
    expect(summary).toMatchObject({
      status: 'failed',
      runId,
      spent: '0.00',
      error: { code: 'STORE_UNAVAILABLE', message: 'STORE_UNAVAILABLE happened' },
    });
    expect(state.account.sent).toEqual([]);
    expect(state.leases).toBe(0);
  });

  it('names a failure that nobody foresaw, and never throws', async () => {
    const state = newState();
    const summary = await runOver(state, listings, {
      settings: { openModel: () => Promise.reject(new TypeError('x is not a function')) },
    });
    expect(summary).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } });
    expect(typesOf(state)).toEqual(['run-started', 'account-baseline', 'run-finished']);
    expect(lastEntry(state)).toMatchObject({ status: 'failed', errorCode: 'INTERNAL' });
  });

  it('tries a slot again that failed before it meant to order anything', async () => {
    const state = newState();
    const { venue } = inventedSettings(state, listings);
    const broken = {
      ...venue,
      listSecurities: () => Promise.reject(failure('VENUE_UNREACHABLE')),
    };
    expect(await runOver(state, listings, { settings: { venue: broken } })).toMatchObject({
      status: 'failed',
      listed: 0,
      error: { code: 'VENUE_UNREACHABLE' },
    });
    expect(await runOver(state, listings)).toMatchObject({ status: 'traded', spent: '75.00' });
    expect(await runOver(state, listings)).toMatchObject({ status: 'skipped' });
    expect(sentIds(state)).toEqual(['1', '2', '3']);
  });

  it('does not try a slot again that failed while it ordered', async () => {
    const state = newState();
    const { venue } = inventedSettings(state, listings);
    const refuses = { ...venue, placeOrders: () => Promise.reject(failure('VENUE_REFUSED')) };
    const failed = await runOver(state, listings, { settings: { venue: refuses } });
    expect(failed).toMatchObject({
      status: 'failed',
      decided: 3,
      bought: 0,
      error: { code: 'VENUE_REFUSED' },
    });
    expect(typesOf(state).filter((type) => type === 'order-intended')).toHaveLength(2);
    expect(await runOver(state, listings)).toMatchObject({ status: 'skipped' });
    expect(state.account.sent).toEqual([]);
  });

  it('closes the model, whatever happens', async () => {
    for (const venueFails of [false, true]) {
      const state = newState();
      const model = inventedModel();
      const { venue } = inventedSettings(state, listings);
      await runOver(state, listings, {
        settings: {
          openModel: () => Promise.resolve({ model, warning: null }),
          venue: venueFails
            ? { ...venue, availableCash: () => Promise.reject(failure('VENUE_UNREACHABLE')) }
            : venue,
        },
      });
      expect(model.closed()).toBe(1);
    }
  });

  it('passes on in the report what a person should know of the model', async () => {
    const state = newState();
    const warning = 'The live model was not used: it is damaged.';
    await runOver(state, listings, {
      settings: { openModel: () => Promise.resolve({ model: inventedModel(), warning }) },
    });
    expect(state.archived.get(`${runId}/report.html`)).toContain(warning);
  });
});

describe('a run that was killed', () => {
  const killed = (state: InventedState): void => {
    state.entries.push(started(runId), intended(runId, '1'), intended(runId, '2'));
    const filled = parseMoney('25.00');
    state.account.holdings.push({ listingId: '1', filled, venueOrderId: 'order-0' });
  };

  it('is settled with the account and then finished, without buying anything twice', async () => {
    const state = newState();
    killed(state);
    const summary = await runOver(state, listings);
    const results = state.entries.filter((entry) => entry.type === 'order-result');
    expect(results).toMatchObject([
      { listingId: '1', outcome: 'filled', filled: '25.00', source: 'read-back' },
      { listingId: '3', outcome: 'filled', filled: '25.00', source: 'answer' },
    ]);
    expect(sentIds(state)).toEqual(['3']);
    // Nobody saw the attempt for 2 end: a host that is frozen may still send it.
    expect(summary).toMatchObject({
      status: 'partial',
      bought: 2,
      spent: '50.00',
      error: { code: 'ORDER_UNKNOWN', message: expect.stringContaining('orders for 2,') as string },
    });
    const reasons = parseDecisionsCsv(state.archived.get(`${runId}/decisions.csv`) ?? '', 'csv');
    expect(reasons.map(({ id, reason }) => [id, reason])).toEqual([
      ['1', 'already-held'],
      ['2', 'order-unknown'],
      ['3', 'edge-beyond-threshold'],
      ['4', 'edge-within-threshold'],
    ]);
  });

  it('counts what it had bought against the limits of the run and on cash', async () => {
    const many = Array.from({ length: 9 }, (_, index) => inventedListing(String(index + 1)));
    for (const change of [
      { cashLimit: parseMoney('75.00') },
      { limits: { ...inventedSettings(newState(), []).limits, perRun: parseMoney('75.00') } },
    ]) {
      const state = newState();
      killed(state);
      const summary = await runOver(state, many, { settings: change });
      // The order of which nobody knows counts as bought.
      expect(summary.spent).toBe('50.00');
      expect(state.account.holdings).toHaveLength(2);
    }
  });

  it('of another slot is ended as partial before anything is bought', async () => {
    const state = newState();
    const yesterday = 'lending-20260104T152503Z';
    state.entries.push(started(yesterday), intended(yesterday, '1'));
    const filled = parseMoney('25.00');
    state.account.holdings.push({ listingId: '1', filled, venueOrderId: 'order-0' });
    const summary = await runOver(state, listings);
    expect(writtenIn(state).slice(3, 6)).toMatchObject([
      { type: 'order-result', runId: yesterday, outcome: 'filled' },
      { type: 'account-baseline', holdings: [] },
      {
        type: 'run-finished',
        runId: yesterday,
        status: 'partial',
        spent: '25.00',
        errorCode: 'RUN_INTERRUPTED',
      },
    ]);
    expect(sentIds(state)).toEqual(['2', '3']);
    expect(summary).toMatchObject({ status: 'traded', spent: '50.00' });
  });

  it('keeps a run from buying while its orders cannot be looked up', async () => {
    const state = newState();
    killed(state);
    const { venue } = inventedSettings(state, listings);
    const summary = await runOver(state, listings, {
      settings: {
        venue: { ...venue, findOrders: () => Promise.reject(failure('VENUE_UNREACHABLE')) },
      },
    });
    expect(summary).toMatchObject({ status: 'partial', error: { code: 'VENUE_UNREACHABLE' } });
    expect(state.account.sent).toEqual([]);
  });
});

describe('a run that may not trade', () => {
  const halt = { why: 'odd prices', by: 'a person', at: '2026-01-05T00:00:00Z' };

  it('sends nothing on paper, and says what it would have bought', async () => {
    const state = newState();
    const summary = await runOver(state, listings, { settings: { mode: 'paper' } });
    expect(summary).toMatchObject({ status: 'traded', mode: 'paper', bought: 3, spent: '75.00' });
    expect(state.account.sent).toEqual([]);
    const results = state.entries.filter((entry) => entry.type === 'order-result');
    expect(new Set(results.map(({ source }) => source))).toEqual(new Set(['paper']));
  });

  it.each([
    ['is on', inventedKillSwitch(halt)],
    [
      'cannot be read',
      { ...inventedKillSwitch(null), read: () => Promise.reject(new Error('no answer')) },
    ],
  ])('is halted where the kill switch %s', async (_what, killSwitch) => {
    const state = newState();
    const summary = await runOver(state, listings, { settings: { killSwitch } });
    expect(summary).toMatchObject({ status: 'halted', scored: 4, decided: 0, spent: '0.00' });
    expect(lastEntry(state)).toMatchObject({ type: 'run-finished', status: 'halted' });
    expect(state.account.sent).toEqual([]);
    expect(state.archived.get(`${runId}/decisions.csv`)).toContain('kill-switch');
  });

  it('does not run a slot again that was halted', async () => {
    const state = newState();
    await runOver(state, listings, { settings: { killSwitch: inventedKillSwitch(halt) } });
    expect(await runOver(state, listings)).toMatchObject({ status: 'skipped' });
    expect(state.account.sent).toEqual([]);
  });

  it('stops where the kill switch is thrown between two batches', async () => {
    const state = newState();
    const killSwitch = {
      ...inventedKillSwitch(null),
      read: () => Promise.resolve(state.account.sent.length >= 2 ? halt : null),
    };
    const summary = await runOver(state, listings, { settings: { killSwitch } });
    expect(summary).toMatchObject({ status: 'halted', decided: 3, bought: 2, spent: '50.00' });
    expect(sentIds(state)).toEqual(['1', '2']);
  });

  it('stops before its next order once it has taken too long', async () => {
    const state = newState();
    const { venue } = inventedSettings(state, listings);
    const slow = {
      ...venue,
      placeOrders: (batch: Parameters<typeof venue.placeOrders>[0]) => {
        state.now += 601_000;
        return venue.placeOrders(batch, { mayStillSend: () => null });
      },
    };
    const summary = await runOver(state, listings, { settings: { venue: slow } });
    expect(summary).toMatchObject({
      status: 'partial',
      bought: 2,
      error: { code: 'RUN_TIMED_OUT' },
    });
    expect(sentIds(state)).toEqual(['1', '2']);
  });

  it.each([
    ['skip', 'skipped', 0, { code: 'RUN_LATE' }],
    ['paper', 'traded', 0, null],
    ['run', 'traded', 3, null],
  ] as const)('follows the policy %s when it is late', async (policy, status, sent, error) => {
    const state = newState();
    const lateness = { lateSeconds: 4000, policy };
    const summary = await runOver(state, listings, { settings: { lateness } });
    expect(summary).toMatchObject({ status, error });
    expect(state.account.sent).toHaveLength(sent);
    expect(writtenIn(state)[0]).toMatchObject({ mode: policy === 'paper' ? 'paper' : 'live' });
    expect(state.archived.get(`${runId}/report.html`)).toContain('4000 seconds after its slot');
  });

  it('stops where another run has taken over', async () => {
    const state = newState();
    const lost = failure('RUN_LEASE_LOST');
    let checks = 0;
    const summary = await runOver(state, listings, {
      dependencies: {
        acquireLease: () =>
          Promise.resolve({
            ensureHeld: () => {
              checks += 1;
              return checks > 2 ? Promise.reject(lost) : Promise.resolve();
            },
            isSurelyHeld: () => true,
            id: 'lease',
            storeClock: { latest: () => slot, earliest: () => slot },
            sinceTaken: { most: () => 0, least: () => 0 },
            release: () => Promise.reject(lost),
          }),
      },
    });
    expect(summary).toMatchObject({ status: 'failed', error: { code: 'RUN_LEASE_LOST' } });
    expect(state.account.sent).toEqual([]);
  });
});

function isReadBack(draft: LedgerDraft): boolean {
  return draft.type === 'order-result' && draft.source === 'read-back';
}

/** The slot a day later, which has come by then. */
function nextDay(state: { now: number }): Date {
  state.now += 86_400_000;
  return new Date(state.now);
}

describe('a slot that is still to come', () => {
  it('is not run live, whatever the date of the host, and not taken', async () => {
    const state = newState();
    const tomorrow = { slot: new Date('2026-01-06T15:25:03Z') };
    expect(await runOver(state, listings, { settings: tomorrow })).toMatchObject({
      status: 'failed',
      error: { code: 'RUN_EARLY' },
    });
    expect(state.account.sent).toEqual([]);
    const onPaper = await runOver(state, listings, { settings: { ...tomorrow, mode: 'paper' } });
    expect(onPaper.status).toBe('traded');
  });
});

describe('a market that cannot be acted on', () => {
  it('because it is closed is nothing to do, said aloud', async () => {
    const state = newState();
    const open = inventedVenue({ listings, account: state.account });
    const venue = { ...open, declaration: { ...open.declaration, isOpenAt: () => false } };
    const summary = await runOver(state, listings, { settings: { venue } });
    expect(summary).toMatchObject({ status: 'nothing', error: { code: 'VENUE_CLOSED' } });
    expect(state.account.sent).toEqual([]);
  });

  it('because an order of a killed run was filled for too much halts one run', async () => {
    const state = newState();
    const earlier = 'lending-20260104T152503Z';
    state.entries.push(started(earlier), intended(earlier, '1'));
    state.account.holdings.push({ listingId: '1', filled: parseMoney('75'), venueOrderId: '7' });
    const halted = await runOver(state, listings);
    expect(halted).toMatchObject({ status: 'halted', error: { code: 'VENUE_OVERFILLED' } });
    expect(state.account.sent).toEqual([]);
    const next = await runOver(state, listings, { settings: { slot: nextDay(state) } });
    expect(next).toMatchObject({ status: 'traded', error: null });
  });

  it.each([
    ['that has nothing on offer', []],
    ['whose listing cannot be had', null],
  ])('because a later reading shows that, of a market %s', async (_what, offered) => {
    const state = newState();
    const earlier = 'lending-20260104T152503Z';
    state.entries.push(started(earlier), intended(earlier, '1'));
    let readings = 0;
    const venue = inventedVenue({ listings: offered ?? [], account: state.account });
    const holding = { listingId: '1', filled: parseMoney('75'), venueOrderId: '7' };
    const halted = await runOver(state, listings, {
      settings: {
        venue: {
          ...venue,
          ...(offered === null && {
            listSecurities: () => Promise.reject(failure('VENUE_UNREACHABLE')),
          }),
          findOrders: () => Promise.resolve((readings += 1) > 1 ? [holding] : []),
        },
      },
    });
    expect(halted).toMatchObject({ status: 'halted', error: { code: 'VENUE_OVERFILLED' } });
    expect(lastEntry(state)).toMatchObject({ status: 'halted', errorCode: 'VENUE_OVERFILLED' });
  });

  it.each([
    ['first', 1],
    ['second', 2],
  ])('and says so where the %s line of what it shows is not taken', async (which, taken) => {
    const state = newState();
    const ledger = inventedLedger(state);
    let appends = 0;
    const { account } = state;
    const summary = await runOver(state, listings, {
      dependencies: {
        ledger: {
          ...ledger,
          append: (...drafts) => {
            const isReading = drafts.some(
              (draft) => draft.type === 'holding-found' || isReadBack(draft),
            );
            if (!isReading) return ledger.append(...drafts);
            appends += 1;
            return appends === taken ? Promise.reject(full()) : ledger.append(...drafts);
          },
        },
      },
      settings: {
        venue: {
          ...inventedVenue({ listings, account }),
          findOrders: () =>
            Promise.resolve(
              account.holdings.map((each) => ({ ...each, filled: each.filled.times(3) })),
            ),
        },
      },
    });
    expect(summary).toMatchObject(
      which === 'first'
        ? { status: 'partial', spent: '225.00', error: { code: 'STORE_UNAVAILABLE' } }
        : { status: 'halted', spent: '225.00', error: { code: 'VENUE_OVERFILLED' } },
    );
  });

  it('also where the reading after it fails, before anything is bought', async () => {
    const state = newState();
    const earlier = 'lending-20260104T152503Z';
    const [first, second] = [intended(earlier, '1'), intended(earlier, '2')];
    const unknown = (order: LedgerEntry) =>
      inventedEntry(
        orderResultEntry(
          order as Extract<LedgerEntry, { type: 'order-intended' }>,
          { outcome: 'unknown' },
          { at: slot, source: 'answer', attemptEnded: true },
        ),
      );
    state.entries.push(started(earlier), first, second, unknown(first), unknown(second));
    let readings = 0;
    const halted = await runOver(state, listings, {
      settings: {
        venue: {
          ...inventedVenue({ listings, account: state.account }),
          findOrders: () =>
            (readings += 1) > 1
              ? Promise.reject(failure('VENUE_UNREACHABLE'))
              : Promise.resolve([{ listingId: '1', filled: parseMoney('75'), venueOrderId: '7' }]),
        },
      },
    });
    expect(readings).toBeGreaterThan(1);
    expect(halted).toMatchObject({ status: 'halted', error: { code: 'VENUE_OVERFILLED' } });
    expect(state.account.sent).toEqual([]);
  });

  it('also where the file of an earlier month shows it, after a halt of a later one', async () => {
    const state = newState();
    const earlier = 'lending-20251231T152503Z';
    state.entries.push(started(earlier), intended(earlier, '1'));
    state.account.holdings.push({ listingId: '1', filled: parseMoney('75'), venueOrderId: '7' });
    expect((await runOver(state, listings)).status).toBe('halted');
    const [first] = state.account.holdings.splice(0);
    state.account.holdings.push({ ...first, filled: parseMoney('100') } as PlacedOrder);
    // As read by files: what belongs to December stands before January, whenever it was written.
    const slot = nextDay(state);
    const killed = runOver(state, listings, {
      settings: { slot },
      dependencies: { ledger: ledgerWithout(state, 'run-finished') },
    });
    expect((await killed).status).toBe('halted');
    state.entries.sort((one, other) => one.runId.localeCompare(other.runId));
    expect((await runOver(state, listings, { settings: { slot: nextDay(state) } })).status).toBe(
      'halted',
    );
  });

  it('because an order that was called refused turns up halts one run', async () => {
    const state = newState();
    const earlier = 'lending-20260104T152503Z';
    const order = intended(earlier, '1');
    const { orderId } = order as Extract<LedgerEntry, { type: 'order-intended' }>;
    const refused = orderResultEntry(
      { runId: earlier, orderId, listingId: '1' },
      { outcome: 'refused' },
      { at: slot, source: 'read-back', attemptEnded: true },
    );
    const unknown = { ...refused, outcome: 'unknown', source: 'answer' } as const;
    state.entries.push(started(earlier), order, inventedEntry(unknown), inventedEntry(refused));
    state.account.holdings.push({ listingId: '1', filled: parseMoney('25'), venueOrderId: '7' });
    const halted = await runOver(state, listings);
    expect(halted).toMatchObject({ status: 'halted', error: { code: 'VENUE_LATE' } });
    expect(state.account.sent).toEqual([]);
    const next = await runOver(state, listings, { settings: { slot: nextDay(state) } });
    expect(next).toMatchObject({ status: 'traded', error: null });
    expect(sentIds(state)).not.toContain('1');
  });

  it('with nothing on offer is nothing to do, said aloud', async () => {
    const state = newState();
    const summary = await runOver(state, []);
    expect(summary).toMatchObject({
      status: 'nothing',
      listed: 0,
      error: { code: 'LISTING_EMPTY' },
    });
    expect(lastEntry(state)).toMatchObject({ status: 'nothing', errorCode: 'LISTING_EMPTY' });
  });

  it('with absurd prices is not traded on', async () => {
    const state = newState();
    const invalid = { id: '9', price: 9900, group: '36', problem: 'intRate: too big' };
    const venue = inventedVenue({ listings, invalid: [invalid], account: state.account });
    const summary = await runOver(state, listings, { settings: { venue } });
    expect(summary).toMatchObject({
      status: 'failed',
      listed: 5,
      error: { code: 'LISTING_IMPLAUSIBLE' },
    });
    expect(state.account.sent).toEqual([]);
    expect(state.archived.has(`${runId}/listing.json`)).toBe(true);
  });

  it('of which nothing could be scored is a failure, with a reason for every listing', async () => {
    const state = newState();
    const blank = ['1', '2'].map((id) => inventedListing(id, { loss: null }));
    const summary = await runOver(state, blank);
    expect(summary).toMatchObject({
      status: 'failed',
      dropped: { 'missing-value': 2 },
      error: { code: 'LISTING_IMPLAUSIBLE' },
    });
    const csv = state.archived.get(`${runId}/decisions.csv`) ?? '';
    expect(parseDecisionsCsv(csv, 'csv').map(({ reason }) => reason)).toEqual([
      'missing-value',
      'missing-value',
    ]);
  });
});
