import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturesFolder } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../domain/money.ts';
import { parseAvailableCash, parseNotes } from './parse-account.ts';

const cash = (availableCash: unknown) =>
  formatMoney(parseAvailableCash({ availableCash }, 'GET /accounts/1/availablecash'));
const notes = (myNotes: unknown) =>
  parseNotes({ myNotes }, 'GET /accounts/1/notes').map(
    ({ listingId, filled, venueOrderId }) =>
      `${listingId} ${formatMoney(filled)} ${venueOrderId ?? '-'}`,
  );
const answerInvalid: unknown = expect.objectContaining({ code: 'VENUE_ANSWER_INVALID' });

describe('parseAvailableCash', () => {
  it('reads dollars exactly and never rounds up', () => {
    expect(cash(100.76)).toBe('100.76');
    expect(cash(0)).toBe('0.00');
    expect(cash(2077.219999)).toBe('2077.21');
  });

  it.each([null, '100.76', Number.NaN, Number.POSITIVE_INFINITY, -1, -0.01, 1e21, 1e-7])(
    'refuses %s',
    (value) => {
      expect(() => cash(value)).toThrow(answerInvalid);
    },
  );
});

describe('parseNotes', () => {
  it('adds up the notes of a loan', () => {
    expect(
      notes([
        { loanId: 1, noteAmount: 25, orderId: 7 },
        { loanId: 2, noteAmount: 50 },
        { loanId: 1, noteAmount: 75.1, orderId: 7 },
        { loanId: 3, noteAmount: 25, orderId: 7 },
        { loanId: 3, noteAmount: 25, orderId: 8 },
      ]),
    ).toEqual(['1 100.10 7', '2 50.00 -', '3 50.00 -']);
    expect(notes([])).toEqual([]);
    expect(parseNotes({}, 'GET /accounts/1/notes')).toEqual([]);
  });

  it.each([
    [[{ loanId: 1, noteAmount: 25 }, { loanId: 2 }]],
    [[{ loanId: '1', noteAmount: 25 }]],
    [[{ loanId: 1, noteAmount: -25 }]],
    [null],
  ])('refuses the whole answer for one note it cannot read: %j', (value) => {
    expect(() => notes(value)).toThrow(answerInvalid);
  });

  it.each([{ errors: [] }, { status: 'ok' }, [], null, 'none'])(
    'does not take %j to say that nothing is held',
    (received) => {
      expect(() => parseNotes(received, 'GET /accounts/1/notes')).toThrow(answerInvalid);
    },
  );

  it('names the first problems and counts the rest', () => {
    const broken = Array.from({ length: 30 }, () => ({ loanId: 1 }));
    expect(() => notes(broken)).toThrow(/myNotes\.19\.noteAmount: [^]*and 10 more/);
  });
});

const fixtures = fixturesFolder();

describe.skipIf(fixtures === null)('recorded answers on an account', () => {
  const recorded = (name: string): unknown =>
    JSON.parse(
      readFileSync(join(fixtures ?? '', `data/payloads/lendingclub-${name}.json`), 'utf8'),
    );

  it('reads cash and notes', () => {
    expect(formatMoney(parseAvailableCash(recorded('available-cash'), 'GET cash'))).toBe('100.76');
    expect(
      parseNotes(recorded('notes'), 'GET notes').map(({ listingId, venueOrderId }) => [
        listingId,
        venueOrderId,
      ]),
    ).toEqual([
      ['11111', '33333'],
      ['44444', '66666'],
    ]);
  });
});
