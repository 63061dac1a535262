import { describe, expect, it } from 'vitest';
import { MispricedError, parseMoney, type ErrorCode, type RunSummary } from './domain/index.ts';
import { mayRunAgain } from './record-run.ts';
import {
  inventedSettings,
  newState,
  runId,
  runOver,
  full,
  inventedLedger,
  ledgerWithout,
} from './test/invented-run.ts';
import { inventedListing, inventedVenue } from './test/invented-venue.ts';

const listings = ['1', '2', '3'].map((id) => inventedListing(id));

describe('the record of a run', () => {
  it('keeps what was bought where the archive cannot be written', async () => {
    const state = newState();
    const { archive } = inventedSettings(state, listings);
    const summary = await runOver(state, listings, {
      settings: {
        archive: {
          ...archive,
          write: (id, name, content) =>
            name === 'report.html' ? Promise.reject(full()) : archive.write(id, name, content),
        },
      },
    });
    expect(summary).toMatchObject({
      status: 'traded',
      bought: 3,
      spent: '75.00',
      report: null,
      decisions: null,
      error: { code: 'STORE_UNAVAILABLE', message: 'the disk is full' },
    });
    expect(state.entries.at(-1)).toMatchObject({
      type: 'run-finished',
      status: 'traded',
      spent: '75.00',
      errorCode: 'STORE_UNAVAILABLE',
    });
  });

  it('keeps what was bought where its end cannot be written down', async () => {
    const state = newState();
    const ledger = ledgerWithout(state, 'run-finished');
    const summary = await runOver(state, listings, { dependencies: { ledger } });
    expect(summary).toMatchObject({
      status: 'partial',
      spent: '75.00',
      decisions: `archive/${runId}/decisions.csv`,
      error: { code: 'STORE_UNAVAILABLE' },
    });
  });

  it('says what the venue took where the ledger did not take its answer', async () => {
    const state = newState();
    const ledger = ledgerWithout(state, 'order-result');
    const summary = await runOver(state, listings, { dependencies: { ledger } });
    expect(summary).toMatchObject({
      status: 'partial',
      decided: 3,
      bought: 2,
      spent: '50.00',
      error: { code: 'STORE_UNAVAILABLE' },
    });
    expect(state.account.sent).toHaveLength(2);
  });

  it('says what the account showed where the ledger did not take that', async () => {
    const state = newState();
    // The answers and the first reading are lost, the second reading comes too early to settle any.
    const ledger = inventedLedger(state);
    let refused = 0;
    const summary = await runOver(state, listings, {
      dependencies: {
        ledger: {
          ...ledger,
          append: (...drafts) => {
            const isResult = drafts.some(({ type }) => type === 'order-result');
            if (!isResult || refused === 1) return ledger.append(...drafts);
            refused += 1;
            return Promise.reject(full());
          },
        },
      },
      settings: {
        venue: {
          ...inventedVenue({ listings, account: state.account }),
          findOrders: () =>
            Promise.resolve(
              state.account.sent.slice(0, 1).map(({ listingId }) => ({
                listingId,
                filled: parseMoney('10.00'),
                venueOrderId: null,
              })),
            ),
        },
      },
    });
    expect(state.entries.findLast(({ type }) => type === 'order-result')).toMatchObject({
      outcome: 'unknown',
      filled: '10.00',
    });
    expect(summary).toMatchObject({ status: 'partial', bought: 2, spent: '50.00' });
  });

  it('tells a failure in the report too', async () => {
    const state = newState();
    const summary = await runOver(state, listings, {
      settings: { openModel: () => Promise.reject(full()) },
    });
    expect(summary).toMatchObject({ status: 'failed', model: null, cashBefore: null });
    expect(state.archived.get(`${runId}/report.html`)).toContain('the disk is full');
    expect(state.archived.get(`${runId}/decisions.csv`)).toMatch(/^id,price,.*\n$/);
    expect(JSON.parse(state.archived.get(`${runId}/summary.json`) ?? '')).toEqual(summary);
  });
});

describe('mayRunAgain', () => {
  const failedWith = async (code: ErrorCode, decided = 0): Promise<RunSummary> => {
    const error = new MispricedError({ code, message: 'm', fix: 'f' });
    const state = newState();
    const settings = { openModel: () => Promise.reject(error) };
    return { ...(await runOver(state, listings, { settings })), decided };
  };

  it('is for failures that pass by themselves, before anything was to be ordered', async () => {
    expect(mayRunAgain(await failedWith('VENUE_UNREACHABLE'))).toBe(true);
    expect(mayRunAgain(await failedWith('MODEL_CORRUPT'))).toBe(false);
    expect(mayRunAgain(await failedWith('VENUE_UNREACHABLE', 1))).toBe(false);
    expect(mayRunAgain(await runOver(newState(), listings))).toBe(false);
  });
});
