import { describe, expect, it } from 'vitest';
import { parseMoney } from './domain/index.ts';
import { reconcileAccount, type Corrections } from './reconcile-account.ts';
import { inventedDependencies, inventedSettings, newState, runOver } from './test/invented-run.ts';
import { intendedLine, startedLine } from './test/ledger-lines.ts';
import { inventedListing } from './test/invented-venue.ts';

const none: Corrections = { close: [], acceptMissing: false };

function open() {
  const state = newState();
  state.entries.push(startedLine('a', '2026-01-04T15:25:03.000Z'), intendedLine('a', '1'));
  const reconcile = (corrections: Partial<Corrections> = {}) =>
    reconcileAccount(inventedSettings(state, []), inventedDependencies(state), {
      ...none,
      ...corrections,
    });
  return { state, reconcile };
}

describe('reconcileAccount', () => {
  it('names what is open and what is foreign, and writes it down', async () => {
    const { state, reconcile } = open();
    expect((await reconcile()).open.map(({ intent }) => intent.listingId)).toEqual(['1']);
    state.account.holdings.push({ listingId: '9', filled: parseMoney('5'), venueOrderId: null });
    const { differences } = await reconcile();
    expect(differences.foreign.map(({ listingId }) => listingId)).toEqual(['9']);
    expect((await reconcile()).differences.foreign).toEqual([]);
    expect((await reconcile()).cash.toFixed(2)).toBe('9995.00');
    expect(state.leases).toBe(0);
  });

  it('writes nothing where the venue is a replay, which has no account', async () => {
    const state = newState();
    const settings = inventedSettings(state, []);
    const venue = { ...settings.venue, name: 'replay' };
    await expect(
      reconcileAccount({ ...settings, venue }, inventedDependencies(state), none),
    ).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    expect(state.entries).toEqual([]);
  });

  it('closes an open order where a person says so, and it is bought after that', async () => {
    const { state, reconcile } = open();
    // The venue may still be about to show it.
    await expect(reconcile({ close: ['a/1'] })).rejects.toMatchObject({
      code: 'DATA_INVALID',
      fix: expect.stringContaining('after 2026-01-05T15:31:05.000Z') as string,
    });
    expect(state.entries.some((entry) => entry.type === 'order-result')).toBe(false);
    state.now += 362_000;
    const closed = await reconcile({ close: ['a/1'] });
    expect(closed).toMatchObject({ open: [], closed: ['a/1'] });
    expect(state.entries.at(-1)).toMatchObject({ outcome: 'refused', source: 'closed-by-hand' });
    const summary = await runOver(state, [inventedListing('1')]);
    expect(summary).toMatchObject({ status: 'traded', bought: 1 });
  });

  it('does not close what turns out to be bought, or what it does not know', async () => {
    const { state, reconcile } = open();
    await expect(reconcile({ close: ['b/1'] })).rejects.toMatchObject({ code: 'DATA_INVALID' });
    state.account.holdings.push({ listingId: '1', filled: parseMoney('25'), venueOrderId: '7' });
    await expect(reconcile({ close: ['a/1'] })).rejects.toThrow('what became of it is known');
    expect(state.entries.at(-1)).toMatchObject({ outcome: 'filled', source: 'read-back' });
  });

  it('lets a run trade again once a person says that what is missing is gone', async () => {
    const { state, reconcile } = open();
    state.account.holdings.push({ listingId: '1', filled: parseMoney('25'), venueOrderId: '7' });
    await reconcile();
    state.account.holdings.length = 0;
    state.now += 3_600_000;
    expect(await runOver(state, [inventedListing('2')])).toMatchObject({
      status: 'halted',
      error: { code: 'ACCOUNT_SHORT' },
    });
    const accepting = await reconcile({ acceptMissing: true });
    expect(accepting.accepted).toHaveLength(1);
    expect(accepting.differences.missing).toEqual([]);
    expect((await reconcile()).differences.missing).toEqual([]);
    state.now += 86_400_000;
    const slot = new Date('2026-01-06T15:25:03Z');
    expect(await runOver(state, [inventedListing('2')], { settings: { slot } })).toMatchObject({
      status: 'traded',
    });
  });

  it('waits for nobody: a run at work compares the account itself', async () => {
    const { state } = open();
    const dependencies = {
      ...inventedDependencies(state),
      acquireLease: () => Promise.resolve(null),
    };
    const attempt = reconcileAccount(inventedSettings(state, []), dependencies, none);
    await expect(attempt).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  });
});
