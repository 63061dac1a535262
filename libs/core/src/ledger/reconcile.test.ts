import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMoney, parseMoney, type LedgerEntry, type PlacedOrder } from '../domain/index.ts';
import { intendedLine, resultLine, startedLine } from '../test/ledger-lines.ts';
import { readRuns } from './ledger-state.ts';
import { reconcile } from './reconcile.ts';

const later = new Date('2026-01-06T00:00:00Z');
const stamp = { previous: null, epoch: 1, at: '2026-01-05T15:25:03.000Z', runId: 'a' } as const;

const holds = (listingId: string, filled: string, gone?: string): PlacedOrder => ({
  listingId,
  filled: parseMoney(filled),
  venueOrderId: `venue-${listingId}`,
  ...(gone !== undefined && { gone: parseMoney(gone) }),
});

function compare(
  lines: readonly LedgerEntry[],
  placed: readonly PlacedOrder[],
  settledBefore = later,
) {
  const entries = [startedLine('a'), ...lines];
  const said = reconcile({ runs: readRuns(entries), entries, placed, settledBefore });
  const amounts = (list: typeof said.foreign) =>
    list.map(({ listingId, amount }) => [listingId, formatMoney(amount)]);
  return {
    found: said.found.map(({ order, outcome, filled }) => [
      order.intent.listingId,
      outcome,
      formatMoney(filled),
    ]),
    absent: said.absent.map(({ intent }) => intent.listingId),
    foreign: amounts(said.foreign),
    missing: amounts(said.missing),
  };
}

const nothing = { found: [], absent: [], foreign: [], missing: [] };
const held = (kind: 'foreign' | 'gone', listingId: string, dollars: string) =>
  ({ ...stamp, type: 'holding-found', venue: 'invented', kind, listingId, held: dollars }) as const;

describe('reconcile', () => {
  it('says nothing where both agree', () => {
    const lines = [intendedLine('a', '1'), resultLine('a', '1', 'filled')];
    expect(compare(lines, [holds('1', '25.00')])).toEqual(nothing);
    expect(compare([], [])).toEqual(nothing);
  });

  it('finds open orders, whole, in part, or rounded up', () => {
    const lines = ['1', '2', '3', '4'].map((id) => intendedLine('a', id));
    const placed = [holds('1', '25.00'), holds('2', '10.00'), holds('3', '50.00')];
    expect(compare(lines, placed)).toEqual({
      ...nothing,
      found: [
        ['1', 'filled', '25.00'],
        // Its rest may still come.
        ['2', 'unknown', '10.00'],
        ['3', 'rounded', '50.00'],
      ],
      absent: ['4'],
    });
  });

  it('corrects an order that was called refused and turns up, and charges it to us', () => {
    const lines = [intendedLine('a', '1'), resultLine('a', '1', 'refused')];
    expect(compare(lines, [holds('1', '25.00')])).toEqual({
      ...nothing,
      found: [['1', 'filled', '25.00']],
    });
  });

  it('charges to us what may be ours, and calls the rest foreign', () => {
    const lines = [intendedLine('a', '1'), resultLine('a', '1', 'filled'), intendedLine('a', '2')];
    const placed = [holds('1', '75.00'), holds('2', '30.00'), holds('9', '5.00')];
    expect(compare(lines, placed)).toEqual({
      ...nothing,
      found: [
        ['1', 'rounded', '75.00'],
        ['2', 'rounded', '30.00'],
      ],
      foreign: [['9', '5.00']],
    });
  });

  it('knows what was held at the beginning and what was found since', () => {
    const holdings = [{ listingId: '1', held: '100.00' }];
    const baseline = {
      ...stamp,
      type: 'account-baseline',
      venue: 'invented',
      accountMark: 'invented',
      holdings,
    } as const;
    const lines = [baseline, held('foreign', '2', '5.00')];
    const placed = [holds('1', '125.00'), holds('2', '5.00')];
    expect(compare(lines, placed)).toEqual({ ...nothing, foreign: [['1', '25.00']] });
  });

  it('lets nothing that somebody sold hide what we ordered since: it was not held then', () => {
    const lines = [held('foreign', '1', '100.00'), intendedLine('a', '1')];
    expect(compare(lines, [holds('1', '25.00')])).toEqual({
      ...nothing,
      found: [['1', 'filled', '25.00']],
    });
    const onPaper = resultLine('a', '1', 'filled', { source: 'paper' });
    expect(compare([...lines, onPaper], [holds('1', '100.00')]).found).toEqual([]);
  });

  it('misses what was bought and is neither held nor reported as gone', () => {
    const lines = ['1', '2', '3'].flatMap((id) => [
      intendedLine('a', id),
      resultLine('a', id, 'filled'),
    ]);
    const placed = [holds('1', '0.00', '25.00'), holds('2', '10.00')];
    expect(compare(lines, placed)).toEqual({
      ...nothing,
      missing: [
        ['2', '15.00'],
        ['3', '25.00'],
      ],
    });
    // What a person said is gone is not missed any more.
    const accepted = [...lines, held('gone', '2', '15.00'), held('gone', '3', '25.00')];
    expect(compare(accepted, placed)).toEqual(nothing);
    // What was bought a moment ago may not show yet.
    expect(compare(lines, [], new Date('2026-01-05T15:25:00Z'))).toEqual(nothing);
  });

  it('after what it says is written down says nothing more, whatever the account shows', () => {
    const amount = fc.integer({ min: 0, max: 4 }).map((steps) => `${steps * 25}.00`);
    const fate = fc.constantFrom('open', 'filled', 'refused', 'unknown');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fate, amount), { maxLength: 6 }),
        fc.array(amount, { maxLength: 3 }),
        (orders, others) => {
          const lines = orders.flatMap(([how], index) => {
            const id = String(index);
            const meant = intendedLine('a', id);
            return how === 'open' ? [meant] : [meant, resultLine('a', id, how)];
          });
          const placed = [
            ...orders.map(([, dollars], index) => holds(String(index), dollars)),
            ...others.map((dollars, index) => holds(`other-${index}`, dollars)),
          ];
          const entries = [startedLine('a'), ...lines];
          const first = reconcile({
            runs: readRuns(entries),
            entries,
            placed,
            settledBefore: later,
          });
          const written = [
            ...entries,
            ...first.found.map(({ order, outcome, filled }) =>
              resultLine('a', order.intent.listingId, outcome, {
                filled: formatMoney(filled),
                source: 'read-back',
              }),
            ),
            ...first.foreign.map(({ listingId, amount: dollars }) =>
              held('foreign', listingId, formatMoney(dollars)),
            ),
          ];
          const again = reconcile({
            runs: readRuns(written),
            entries: written,
            placed,
            settledBefore: later,
          });
          expect(again.found).toEqual([]);
          expect(again.foreign).toEqual([]);
          expect(again.missing).toEqual(first.missing);
        },
      ),
    );
  });
});
