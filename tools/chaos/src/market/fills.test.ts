import { formatMoney, parseMoney } from '@mispriced/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountToBuy } from './amount-to-buy.ts';
import { fillKinds, type FillConduct } from './conduct.ts';
import { keepsDeclaration } from './keeps-declaration.ts';
import { conductWith, declaration, openBench, orderBody, ordersPath } from './test/market-bench.ts';

async function buy(fill: FillConduct, amounts: readonly number[] = [1000, 1000], dollars = 100) {
  const bench = openBench({ conduct: conductWith({ fill }), amounts });
  const seen = await bench.run((host) =>
    bench.ask(host, ordersPath, orderBody({ 101: dollars, 102: dollars })),
  );
  const history = bench.market.history();
  const { orderInstructId, orderConfirmations } = JSON.parse('text' in seen ? seen.text : '{}') as {
    orderInstructId: number | null;
    orderConfirmations: { investedAmount: number; executionStatus: string[] }[];
  };
  return {
    history,
    isFilled: orderInstructId !== null,
    invested: orderConfirmations.map(({ investedAmount }) => investedAmount),
    words: orderConfirmations[0]?.executionStatus.join(' '),
    kinds: history.requests[0]?.order?.booked.map((booked) => booked.fill),
    keeps: keepsDeclaration(history),
  };
}

describe('orders', () => {
  it.each([
    ['rounded-up', 0, 100.01, true],
    ['rounded-up', 1, 110, true],
    ['rounded-up-beyond', 0, 110.01, false],
    ['rounded-up-beyond', 1, 210, false],
    ['rounded-down', 0, 99.99, true],
    ['rounded-down', 1, 75.01, true],
  ] as const)('are %s to the extent of %d: %d dollars', async (fill, extent, dollars, keeps) => {
    const bought = await buy({ fill, extent });
    expect(bought.invested).toEqual([dollars, dollars]);
    expect(bought.words).toBe('REQUESTED_AMOUNT_ROUNDED ORDER_FULFILLED');
    expect(bought.history.notes.map(({ amount }) => Number(formatMoney(amount)))).toEqual([
      dollars,
      dollars,
    ]);
    expect(bought.kinds).toEqual([fill, fill]);
    expect(bought.keeps).toBe(keeps);
  });

  it('are filled in part where half of the loan is left', async () => {
    const bought = await buy({ fill: 'partly', extent: 0 });
    expect(bought.invested).toEqual([50, 50]);
    expect(bought.words).toBe('LOAN_AMNT_EXCEEDED');
    expect(bought.kinds).toEqual(['partly', 'partly']);
    expect(bought.keeps).toBe(true);
  });

  it('are refused in words of their own where the loan is gone', async () => {
    const bought = await buy({ fill: 'gone', extent: 0 });
    expect(bought.isFilled).toBe(false);
    expect(bought.words).toBe('NOT_AN_IN_FUNDING_LOAN');
    expect(bought.history.requests[0]?.order).toMatchObject({
      booked: [],
      gone: [101, 102],
      bookedAtMilliseconds: null,
    });
  });

  it('never take more than the loan has left, nor more than the cash', async () => {
    const small = await buy({ fill: 'rounded-up-beyond', extent: 1 }, [120, 1000]);
    expect(small.invested).toEqual([120, 210]);
    const poor = await buy({ fill: 'rounded-up-beyond', extent: 1 }, [9000, 9000], 300);
    expect(poor.invested).toEqual([410, 0]);
    expect(formatMoney(poor.history.cash)).toBe('90.00');
  });
});

describe('amountToBuy', () => {
  const conducts = fc.record({
    fill: fc.constantFrom(...fillKinds),
    extent: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it('gives whole cents, more than nothing, and no more than its kind allows', () => {
    fc.assert(
      fc.property(conducts, fc.integer({ min: 1, max: 100_000 }), (conduct, cents) => {
        const requested = parseMoney(cents).dividedBy(100);
        const { amount, fill } = amountToBuy({ requested, conduct, declaration });
        expect(amount.decimalPlaces()).toBeLessThanOrEqual(2);
        expect(amount.greaterThan(0)).toBe(true);
        const most = declaration.mostFilled(requested);
        if (fill === 'rounded-up-beyond') expect(amount.greaterThan(most)).toBe(true);
        else expect(amount.greaterThan(most)).toBe(false);
        if (fill === 'rounded-up') expect(amount.greaterThan(requested)).toBe(true);
        if (fill === 'rounded-down') expect(amount.lessThan(requested)).toBe(true);
        if (['as-asked', 'partly', 'gone'].includes(fill)) {
          expect(amount.equals(requested)).toBe(true);
        }
      }),
    );
  });

  it('fills as asked where nothing may be rounded up, or nothing be left away', () => {
    const exact = { settleWithinSeconds: 1, mostFilled: (requested: typeof cent) => requested };
    const cent = parseMoney('0.01');
    for (const fill of ['rounded-up', 'rounded-down'] as const) {
      const bought = amountToBuy({
        requested: cent,
        conduct: { fill, extent: 1 },
        declaration: exact,
      });
      expect(bought).toEqual({ amount: cent, fill: 'as-asked' });
    }
  });
});
