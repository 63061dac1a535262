import { describe, expect, it } from 'vitest';
import { parseOrderRequest } from './order-request.ts';

const order = { loanId: 1, requestedAmount: 25 };

describe('parseOrderRequest', () => {
  it('takes what the API takes', () => {
    const body = { aid: 9, orders: [order, { ...order, portfolioId: 3 }], more: true };
    expect(parseOrderRequest(body).request).toMatchObject({ aid: 9, orders: [order, order] });
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, ''],
    ['a list', [], ''],
    ['no account', { orders: [order] }, 'aid'],
    ['no orders', { aid: 9 }, 'orders'],
    ['an empty list of orders', { aid: 9, orders: [] }, 'orders'],
    ['a loan as text', { aid: 9, orders: [{ ...order, loanId: '1' }] }, 'orders.0.loanId'],
    ['half a loan', { aid: 9, orders: [{ ...order, loanId: 1.5 }] }, 'orders.0.loanId'],
    [
      'a misspelt loan',
      { aid: 9, orders: [{ loadId: 1, requestedAmount: 25 }] },
      'orders.0.loanId',
    ],
    ...[0, -25, 25.001, '25', null, 1e21].map((amount): [string, unknown, string] => [
      `the amount ${JSON.stringify(amount)}`,
      { aid: 9, orders: [order, { loanId: 2, requestedAmount: amount }] },
      'orders.1.requestedAmount',
    ]),
  ])('refuses %s', (_case, body, field) => {
    const { request, problems } = parseOrderRequest(body);
    expect(request).toBeNull();
    expect(problems?.map((problem) => problem.field ?? '')).toContain(field);
  });

  it('names every problem at once', () => {
    const { problems } = parseOrderRequest({ orders: [{ loanId: 0, requestedAmount: 0 }] });
    expect(problems?.map(({ field }) => field)).toEqual([
      'aid',
      'orders.0.loanId',
      'orders.0.requestedAmount',
    ]);
    expect(new Set(problems?.map(({ code }) => code))).toEqual(new Set(['validation-error']));
  });
});
