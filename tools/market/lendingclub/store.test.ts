import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatMoney, parseMoney } from '@mispriced/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleLoans } from './test/example-loans.ts';
import type { MarketState } from './market-state.ts';
import { executeOrders } from './orders/execute-orders.ts';
import { othersLeaveHalf } from './other-investors.ts';
import { offersOn } from './replay/offers.ts';
import { openStore } from './store.ts';

const accountId = 12;
const cash = parseMoney('300.50');

function traded(state: MarketState, loanIds = [101, 102]): MarketState {
  const executed = executeOrders({
    state,
    offers: offersOn(exampleLoans([1000, 1000, 1000, 1000]), '2010-12-15'),
    orders: loanIds.map((loanId) => ({ loanId, requestedAmount: loanId === 101 ? 25 : 100 })),
    portfolioIds: new Set(),
    othersBuy: othersLeaveHalf,
    orderDate: '2010-12-15T10:00:00.000-08:00',
    at: '2026-01-02T03:04:05.000Z',
  });
  const entry = { at: 'now', fault: null, request: { aid: 12 }, status: 200, answer: null };
  return { ...executed.state, requests: [entry] };
}

describe('openStore', () => {
  let folder = '';
  let stateFile = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'market-state-'));
    stateFile = join(folder, 'market.json');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('begins with the cash it was given', () => {
    expect(formatMoney(openStore({ accountId, cash, stateFile: null }).read().cash)).toBe('300.50');
  });

  it('gives the next process what this one left, to the cent', () => {
    const store = openStore({ accountId, cash, stateFile });
    store.commit(traded(store.read()));
    const again = openStore({ accountId, cash: parseMoney('9999'), stateFile });
    expect(again.read()).toEqual(store.read());
    expect(formatMoney(again.read().cash)).toBe('238.50');
    again.commit(traded(again.read(), [103, 104]));
    expect(again.read().notes).toHaveLength(4);
    expect(new Set(again.read().notes.map(({ noteId }) => noteId)).size).toBe(4);
  });

  it('leaves no draft beside the file', () => {
    const store = openStore({ accountId, cash, stateFile });
    store.commit(traded(store.read()));
    expect(readdirSync(folder)).toEqual(['market.json']);
  });

  it('changes nothing when it cannot write', () => {
    const store = openStore({ accountId, cash, stateFile: join(folder, 'none', 'market.json') });
    expect(() => {
      store.commit(traded(store.read()));
    }).toThrow('ENOENT');
    expect(formatMoney(store.read().cash)).toBe('300.50');
    expect(store.read().notes).toEqual([]);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -20)],
    ['of another form', () => '{"format": 2}'],
    ['empty', () => ''],
    ['with cash below nothing', (text: string) => text.replace('"238.50"', '"-238.50"')],
  ])('refuses a file that is %s, and leaves it there', (_case, damage) => {
    const store = openStore({ accountId, cash, stateFile });
    store.commit(traded(store.read()));
    const damaged = damage(readFileSync(stateFile, 'utf8'));
    writeFileSync(stateFile, damaged);
    expect(() => openStore({ accountId, cash, stateFile })).toThrow('cannot be used');
    expect(readFileSync(stateFile, 'utf8')).toBe(damaged);
  });

  it("refuses another account's file", () => {
    const store = openStore({ accountId, cash, stateFile });
    store.commit(traded(store.read()));
    expect(() => openStore({ accountId: 13, cash, stateFile })).toThrow('account 12');
  });
});
