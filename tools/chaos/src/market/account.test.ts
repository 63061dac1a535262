import { formatMoney } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '../random/chance.ts';
import { countMarketBehaviours } from './count-behaviours.ts';
import { drawPersonActions, type PersonAction } from './person.ts';
import {
  cashPath,
  conductWith,
  notesPath,
  openBench,
  orderBody,
  ordersPath,
  startsAtMilliseconds,
} from './test/market-bench.ts';

interface Note {
  loanId: number;
  noteAmount: number;
  loanStatus: string;
  paymentsReceived: number;
}

function action(second: number, deed: PersonAction['deed'], which = 0, steps = 2): PersonAction {
  return { atMilliseconds: startsAtMilliseconds + second * 1000, deed, which, steps };
}

/** Orders 25 dollars of loans 101 and 102, and reads notes and cash a minute later. */
async function runWith(person: readonly PersonAction[], trailingMilliseconds = 0) {
  const bench = openBench({ person, conduct: conductWith({ read: { trailingMilliseconds } }) });
  const { notes, cash } = await bench.run(async (host) => {
    await host.sleep(5000);
    await bench.ask(host, ordersPath, orderBody({ 101: 25, 102: 25 }));
    await host.sleep(55_000);
    const read = await bench.ask(host, notesPath);
    const available = await bench.ask(host, cashPath);
    return {
      notes: (JSON.parse('text' in read ? read.text : '') as { myNotes: Note[] }).myNotes,
      cash: (JSON.parse('text' in available ? available.text : '') as { availableCash: number })
        .availableCash,
    };
  });
  const history = bench.market.history();
  return { history, notes, cash, counts: countMarketBehaviours(history) };
}

describe('an account in which a person acts too', () => {
  it('shows what the person bought beside what was ordered, of the same loan or another', async () => {
    const { notes, cash, history, counts } = await runWith([
      action(1, 'buy-other', 0.9, 4),
      action(10, 'buy-same', 0.1, 1),
      action(20, 'buy-other', 0, 2),
    ]);
    expect(notes.map(({ loanId, noteAmount }) => [loanId, noteAmount])).toEqual([
      [103, 100],
      [101, 25],
      [102, 25],
      [101, 25],
      [103, 50],
    ]);
    expect(cash).toBe(275);
    expect(history.person.map(({ did, loanId }) => [did, loanId])).toEqual([
      ['bought', 103],
      ['bought', 101],
      ['bought', 103],
    ]);
    expect(counts.get('person bought-same')).toBe(1);
    expect(counts.get('person bought-other')).toBe(2);
  });

  it('shows notes that were repaid or charged off, and no sold ones', async () => {
    const { notes, cash, history } = await runWith([
      action(10, 'repaid', 0),
      action(20, 'charged-off', 0),
      action(30, 'buy-other', 0, 4),
      action(40, 'sold', 0),
    ]);
    expect(
      notes.map(({ loanId, loanStatus, paymentsReceived }) => [
        loanId,
        loanStatus,
        paymentsReceived,
      ]),
    ).toEqual([
      [101, 'Fully Paid', 25],
      [102, 'Charged Off', 0],
    ]);
    expect(history.notes.map(({ loanId, fate }) => [loanId, fate])).toEqual([
      [101, 'repaid'],
      [102, 'charged-off'],
      [103, 'sold'],
    ]);
    // 500 less 50 and 100, and 25 and 95 back.
    expect(cash).toBe(470);
    expect(formatMoney(history.cash)).toBe('470.00');
  });

  it('does nothing where there is nothing to do it to', async () => {
    const { history } = await runWith([
      action(1, 'buy-same'),
      action(2, 'repaid'),
      action(3, 'sold'),
      action(4, 'charged-off'),
    ]);
    expect(history.person).toEqual([]);
  });

  it('shows an account as it was where reads trail writes', async () => {
    const { notes, cash, history, counts } = await runWith([action(57, 'buy-other')], 50_000);
    expect(notes.map(({ loanId }) => loanId)).toEqual([101, 102]);
    expect(cash).toBe(450);
    expect(history.notes).toHaveLength(3);
    expect(counts.get('read trails')).toBe(2);
    const blind = await runWith([], 58_000);
    expect(blind.notes).toEqual([]);
    expect(blind.cash).toBe(500);
  });
});

describe('drawPersonActions', () => {
  it('draws the same from a seed, within its bounds', () => {
    const bounds = { fromMilliseconds: 1000, untilMilliseconds: 5000, most: 40 };
    const actions = drawPersonActions(chanceOf(3), bounds);
    expect(drawPersonActions(chanceOf(3), bounds)).toEqual(actions);
    expect(actions.length).toBeGreaterThan(0);
    expect(
      actions.every(({ atMilliseconds: at, which }) => at >= 1000 && at <= 5000 && which < 1),
    ).toBe(true);
  });
});

describe('the pace of the market', () => {
  it('is one for all hosts, and what exceeds it does nothing', async () => {
    const bench = openBench({ requestsPerSecond: 1 });
    const seen: string[] = [];
    for (const name of ['first', 'second']) {
      const host = bench.time.addHost({ name });
      host.start(async () => {
        for (let request = 0; request < 3; request += 1) {
          const answered = await bench.ask(host, ordersPath, orderBody({ 101: 25 }));
          seen.push('status' in answered ? String(answered.status) : answered.failed);
          await host.sleep(1000);
        }
      });
    }
    await bench.time.run();
    const { requests, notes } = bench.market.history();
    expect(seen.toSorted()).toEqual(['200', '200', '200', '429', '429', '429']);
    expect(notes).toHaveLength(3);
    expect(requests.filter(({ answer }) => answer?.kind === 'over-pace')).toHaveLength(3);
    expect(requests.map(({ host }) => host).toSorted()).toEqual([
      ...['first', 'first', 'first', 'second', 'second', 'second'],
    ]);
  });
});
