import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturesFolder } from '@mispriced/testing';
import { describe, expect, it } from 'vitest';
import { formatMoney } from '../../domain/money.ts';
import type { OrderResult } from '../../domain/order.ts';
import { parseOrderAnswer } from './parse-order-answer.ts';
import { orderIntent } from './test/order-intent.ts';

const batch = [orderIntent('1', '25.00'), orderIntent('2', '50.00')];
const filled = (loanId: number, amount: number) => ({
  loanId,
  requestedAmount: amount,
  investedAmount: amount,
  executionStatus: ['ORDER_FULFILLED'],
});
const brief = (results: readonly OrderResult[]) =>
  results.map(
    ({ listingId, outcome, filled: amount, venueOrderId }) =>
      `${listingId} ${outcome} ${formatMoney(amount)} ${venueOrderId ?? '-'}`,
  );
const parse = (orderInstructId: unknown, orderConfirmations: unknown) =>
  brief(parseOrderAnswer(batch, { orderInstructId, orderConfirmations }));

describe('parseOrderAnswer', () => {
  it('finds each order by its loan, whatever the order of the confirmations', () => {
    expect(parse(9, [filled(2, 50), filled(1, 25)])).toEqual([
      '1 filled 25.00 9',
      '2 filled 50.00 9',
    ]);
  });

  it('leaves an order unknown that is missing, twice there or cannot be read', () => {
    expect(parse(9, [filled(1, 25)])).toEqual(['1 filled 25.00 9', '2 unknown 0.00 -']);
    expect(parse(9, [filled(1, 25), filled(2, 50), filled(2, 50)])[1]).toBe('2 unknown 0.00 -');
    for (const broken of [
      { ...filled(2, 50), investedAmount: null },
      { ...filled(2, 50), investedAmount: '50' },
      { ...filled(2, 50), investedAmount: -50 },
      { ...filled(2, 50), investedAmount: 49.999 },
      { ...filled(2, 50), executionStatus: 'ORDER_FULFILLED' },
      { ...filled(2, 50), requestedAmount: 75 },
      { ...filled(2, 50), requestedAmount: 'fifty' },
    ]) {
      expect(parse(9, [filled(1, 25), broken])).toEqual(['1 filled 25.00 9', '2 unknown 0.00 -']);
    }
  });

  it('keeps the words of an order it cannot settle', () => {
    const busy = { loanId: 1, investedAmount: null, executionStatus: ['SYSTEM_BUSY'] };
    expect(
      parseOrderAnswer(batch, { orderInstructId: null, orderConfirmations: [busy] })[0],
    ).toMatchObject({ outcome: 'unknown', venueStatuses: ['SYSTEM_BUSY'] });
  });

  it('believes no fill in an answer that says nothing was filled', () => {
    expect(parse(null, [filled(1, 25), filled(2, 50)])).toEqual([
      '1 unknown 0.00 -',
      '2 unknown 0.00 -',
    ]);
  });

  it('does not need an amount to be repeated', () => {
    const { loanId, investedAmount, executionStatus } = filled(1, 25);
    expect(parse(9, [{ loanId, investedAmount, executionStatus }, filled(2, 50)])[0]).toBe(
      '1 filled 25.00 9',
    );
  });

  it.each([
    ['a loan that was not ordered', { orderInstructId: 9, orderConfirmations: [filled(3, 25)] }],
    ['a loan that cannot be told', { orderInstructId: 9, orderConfirmations: [{ loanId: 'x' }] }],
    ['no confirmations', { orderInstructId: 9 }],
    ['a strange number', { orderInstructId: {}, orderConfirmations: [filled(1, 25)] }],
    ['nothing', undefined],
  ])('knows nothing of the whole batch: %s', (_name, received) => {
    expect(brief(parseOrderAnswer(batch, received))).toEqual([
      '1 unknown 0.00 -',
      '2 unknown 0.00 -',
    ]);
  });
});

const fixtures = fixturesFolder();

describe.skipIf(fixtures === null)('recorded answers to orders', () => {
  const recorded = (name: string): unknown =>
    JSON.parse(
      readFileSync(join(fixtures ?? '', `data/payloads/lendingclub-order-${name}.json`), 'utf8'),
    );
  const ofLoans = (...loans: [string, string][]) => loans.map((loan) => orderIntent(...loan));

  it('partly filled: two of six', () => {
    const orders = ofLoans(
      ['63359087', '25'],
      ['12482121', '25'],
      ['65462443', '25'],
      ['65482179', '25'],
      ['95282189', '25'],
      ['12282134', '25'],
    );
    expect(brief(parseOrderAnswer(orders, recorded('partly-filled')))).toEqual([
      '63359087 refused 0.00 -',
      '12482121 filled 25.00 1001761',
      '65462443 refused 0.00 -',
      '65482179 filled 25.00 1001761',
      '95282189 refused 0.00 -',
      '12282134 refused 0.00 -',
    ]);
  });

  it('rounded', () => {
    const orders = ofLoans(['22222', '55'], ['33333', '25'], ['44444', '25']);
    expect(brief(parseOrderAnswer(orders, recorded('rounded')))).toEqual([
      '22222 rounded 50.00 55555',
      '33333 filled 25.00 55555',
      '44444 refused 0.00 -',
    ]);
  });

  it('none filled', () => {
    const orders = ofLoans(['63359087', '25'], ['65462443', '25'], ['65302679', '25']);
    const results = parseOrderAnswer(orders, recorded('none-filled'));
    expect(results.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused']);
    expect(results[0]?.venueStatuses).toEqual(['NOT_AN_IN_FUNDING_LOAN']);
  });
});
