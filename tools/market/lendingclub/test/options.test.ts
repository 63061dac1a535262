import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startMarket, type MarketOptions } from '../index.ts';
import { exampleLoans } from './example-loans.ts';
import { accessKey, accountId, marketClient, type MarketClient } from './market-client.ts';

const options: MarketOptions = {
  loans: exampleLoans(Array.from({ length: 200 }, () => 1000)),
  asOf: '2010-12-15',
  cash: '1000',
  accessKey,
  accountId,
  requestsPerSecond: null,
};

async function withMarket<Result>(
  changes: Partial<MarketOptions>,
  use: (client: MarketClient) => Promise<Result>,
): Promise<Result> {
  const market = await startMarket({ ...options, ...changes });
  try {
    return await use(marketClient(market.url));
  } finally {
    await market.close();
  }
}

describe('a market with other investors', () => {
  const buyAll = (seed: number) =>
    withMarket(
      { seed, cash: '1000000', otherInvestors: { vanishShare: 0.3, partialShare: 0.3 } },
      async (client) => {
        const orders = Array.from({ length: 200 }, (_, index) => ({
          loanId: 101 + index,
          requestedAmount: 1000,
        }));
        const listed = await client.get('/loans/listing?showAll=true');
        const { body } = await client.order(orders);
        const { orderConfirmations } = body as { orderConfirmations: { investedAmount: number }[] };
        return {
          listed: (listed.body as { loans: { fundedAmount: number }[] }).loans,
          invested: orderConfirmations.map(({ investedAmount }) => investedAmount),
        };
      },
    );

  it('lists what is gone at the order, the same for the same seed', async () => {
    const first = await buyAll(1);
    expect(first.listed).toHaveLength(200);
    expect(first.listed.every(({ fundedAmount }) => fundedAmount === 0)).toBe(true);
    const gone = first.invested.filter((amount) => amount === 0).length;
    const partly = first.invested.filter((amount) => amount > 0 && amount < 1000).length;
    expect(gone).toBeGreaterThan(40);
    expect(partly).toBeGreaterThan(35);
    expect(gone + partly).toBeLessThan(160);
    expect(first.invested.every((amount) => amount % 25 === 0)).toBe(true);
    expect((await buyAll(1)).invested).toEqual(first.invested);
    expect((await buyAll(2)).invested).not.toEqual(first.invested);
  });
});

describe('a market with a state file', () => {
  it('remembers over a restart, on the next day too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'market-'));
    const stateFile = join(folder, 'market.json');
    const orders = [{ loanId: 101, requestedAmount: 975 }];
    const first = await withMarket({ stateFile }, async (client) => {
      await client.order(orders);
      return client.control('orders');
    });
    await withMarket({ stateFile, asOf: '2010-12-16' }, async (client) => {
      expect(await client.control('orders')).toEqual(first);
      expect((await client.account('availablecash')).body).toMatchObject({ availableCash: 25 });
      const { body } = await client.order([{ loanId: 102, requestedAmount: 50 }]);
      expect(body).toMatchObject({
        orderConfirmations: [{ executionStatus: ['INSUFFICIENT_CASH'] }],
      });
      expect((await client.order([{ loanId: 101, requestedAmount: 25 }])).body).toMatchObject({
        orderConfirmations: [{ investedAmount: 25 }],
      });
      const { body: listing } = await client.get('/loans/listing?showAll=true');
      expect((listing as { loans: unknown[] }).loans).toHaveLength(199);
    });
    await rm(folder, { recursive: true });
  });
});

describe('a market that leaves empty lists out', () => {
  it('does so wherever a list would be empty', async () => {
    await withMarket({ omitEmptyLists: true, loans: [] }, async (client) => {
      expect((await client.account('notes')).body).toEqual({});
      expect((await client.account('detailednotes')).body).toEqual({});
      expect((await client.account('portfolios')).body).toEqual({});
      expect((await client.get('/loans/listing?showAll=true')).body).toEqual({
        asOfDate: '2010-12-15T10:00:00.000-08:00',
      });
    });
  });

  it('has lists otherwise', async () => {
    await withMarket({ loans: [] }, async (client) => {
      expect((await client.account('notes')).body).toEqual({ myNotes: [] });
      expect((await client.account('portfolios')).body).toEqual({ myPortfolios: [] });
      expect((await client.get('/loans/listing')).body).toMatchObject({ loans: [] });
    });
  });
});

describe('a market that cannot start', () => {
  it('says why before anything listens', async () => {
    await expect(startMarket({ ...options, cash: 'much' })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
    const loans = exampleLoans([10]).map((row) => ({ ...row, term: 'long' }));
    await expect(startMarket({ ...options, loans })).rejects.toMatchObject({
      code: 'DATA_INVALID',
    });
  });

  it('says that its port is taken', async () => {
    const market = await startMarket(options);
    const port = Number(new URL(market.url).port);
    await expect(startMarket({ ...options, port })).rejects.toThrow('EADDRINUSE');
    await market.close();
  });
});
