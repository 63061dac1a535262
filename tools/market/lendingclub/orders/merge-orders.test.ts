import { formatMoney } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import { mergeOrders } from './merge-orders.ts';

describe('mergeOrders', () => {
  it('leaves orders for different loans alone', () => {
    const merged = mergeOrders([
      { loanId: 1, requestedAmount: 25 },
      { loanId: 2, requestedAmount: 50.5, portfolioId: 7 },
    ]);
    expect(merged.map(({ merge, portfolioId }) => [merge, portfolioId])).toEqual([
      ['none', null],
      ['none', 7],
    ]);
    expect(merged.map(({ requested }) => formatMoney(requested))).toEqual(['25.00', '50.50']);
  });

  it('puts later orders for a loan into the first, in exact cents', () => {
    const merged = mergeOrders([
      { loanId: 1, requestedAmount: 0.1 },
      { loanId: 2, requestedAmount: 25 },
      { loanId: 1, requestedAmount: 0.2 },
      { loanId: 1, requestedAmount: 50 },
    ]);
    expect(merged.map(({ loanId, merge }) => [loanId, merge])).toEqual([
      [1, 'augmented'],
      [2, 'none'],
      [1, 'eliminated'],
      [1, 'eliminated'],
    ]);
    const amounts = merged.map(({ requested }) => formatMoney(requested));
    expect(amounts).toEqual(['50.30', '25.00', '0.20', '50.00']);
  });
});
