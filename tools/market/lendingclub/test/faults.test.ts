import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMarket, type RunningMarket } from '../index.ts';
import { exampleLoans } from './example-loans.ts';
import { accessKey, accountId, marketClient, type MarketClient } from './market-client.ts';

const order = [{ loanId: 101, requestedAmount: 200 }];
const untouched = 1000;

describe('the faults of the simulated market', () => {
  let market: RunningMarket;
  let client: MarketClient;
  beforeEach(async () => {
    market = await startMarket({
      loans: exampleLoans([1000, 1000]),
      asOf: '2010-12-15',
      cash: '1000',
      accessKey,
      accountId,
      requestsPerSecond: null,
    });
    client = marketClient(market.url);
  });
  afterEach(async () => {
    await market.close();
  });

  const set = async (fault: object): Promise<void> => {
    const { status } = await client.setFaults([{ route: 'POST /orders', ...fault }]);
    expect(status).toBe(200);
  };
  const cash = async (): Promise<number> => {
    const { body } = await client.account('availablecash');
    return (body as { availableCash: number }).availableCash;
  };
  /** What became of the fetch: its answer, or the code of the error underneath. */
  const tryOrder = async (): Promise<unknown> => {
    try {
      return await client.order(order);
    } catch (error) {
      const { cause } = error as { cause?: { code?: string } };
      return cause?.code ?? String(error);
    }
  };

  it('takes an order and loses the answer', async () => {
    await set({ fault: 'lost-answer' });
    expect(await tryOrder()).toBe('UND_ERR_SOCKET');
    expect(await cash()).toBe(800);
    expect((await client.account('notes')).body).toMatchObject({ myNotes: [{ noteAmount: 200 }] });
    expect((await client.control('orders')).body).toMatchObject({
      orders: [{ loanId: 101, investedAmount: 200 }],
      requests: [{ fault: 'lost-answer', status: 200 }],
    });
  });

  it('resets the connection before anything happens', async () => {
    await set({ fault: 'unreachable' });
    expect(await tryOrder()).toBe('ECONNRESET');
    expect(await cash()).toBe(untouched);
    expect((await client.control('orders')).body).toEqual({ orders: [], requests: [] });
  });

  it('is busy and takes nothing', async () => {
    await set({ fault: 'system-busy' });
    expect(await tryOrder()).toEqual({
      status: 200,
      body: {
        orderInstructId: null,
        orderConfirmations: [
          {
            loanId: 101,
            requestedAmount: 200,
            investedAmount: 0,
            executionStatus: ['SYSTEM_BUSY'],
          },
        ],
      },
    });
    expect(await cash()).toBe(untouched);
  });

  it('answers an error before the effect', async () => {
    await set({ fault: 'status', status: 503 });
    expect(await tryOrder()).toMatchObject({ status: 503 });
    expect(await cash()).toBe(untouched);
  });

  it('answers an error after the effect', async () => {
    await set({ fault: 'status-after-effect' });
    expect(await tryOrder()).toMatchObject({ status: 500 });
    expect(await cash()).toBe(800);
  });

  it('answers what is no JSON after the effect', async () => {
    await set({ fault: 'malformed-answer' });
    expect(await tryOrder()).toMatch('SyntaxError');
    expect(await cash()).toBe(800);
  });

  it('takes an order at once and answers late', async () => {
    await set({ fault: 'slow', delayMilliseconds: 1_500 });
    const began = performance.now();
    let isAnswered = false;
    const answer = tryOrder().finally(() => {
      isAnswered = true;
    });
    await expect.poll(cash, { timeout: 60_000, interval: 10 }).toBe(800);
    expect(isAnswered).toBe(false);
    expect(await answer).toMatchObject({ status: 200 });
    expect(performance.now() - began).toBeGreaterThan(1_490);
  });

  it('does not wait for slow answers when it closes', async () => {
    await set({ fault: 'slow', delayMilliseconds: 600_000 });
    const answer = tryOrder();
    await expect.poll(cash).toBe(800);
    await market.close();
    expect(await answer).not.toMatchObject({ status: 200 });
  });

  it('finds the listed loan gone', async () => {
    await set({ fault: 'vanish' });
    expect(await tryOrder()).toMatchObject({
      body: { orderConfirmations: [{ executionStatus: ['NOT_AN_IN_FUNDING_LOAN'] }] },
    });
    expect(await cash()).toBe(untouched);
    const { body } = await client.get('/loans/listing?showAll=true');
    expect(body).toMatchObject({ loans: [{ id: 102 }] });
  });

  it('fills half', async () => {
    await set({ fault: 'partial-fill' });
    expect(await tryOrder()).toMatchObject({
      body: {
        orderConfirmations: [{ investedAmount: 100, executionStatus: ['LOAN_AMNT_EXCEEDED'] }],
      },
    });
    expect(await cash()).toBe(900);
  });

  it('plays faults on what is read, too', async () => {
    await client.setFaults([
      { route: 'GET /loans/listing', fault: 'status', status: 500 },
      { route: 'GET /notes', fault: 'malformed-answer' },
    ]);
    expect((await client.get('/loans/listing?showAll=true')).status).toBe(500);
    await expect(client.account('notes')).rejects.toThrow(SyntaxError);
    expect((await client.get('/loans/listing?showAll=true')).status).toBe(200);
    expect((await client.account('notes')).status).toBe(200);
  });

  it('shows what is still to come, and forgets it', async () => {
    await set({ fault: 'lost-answer', count: 3 });
    expect((await client.control('faults')).body).toEqual([
      { route: 'POST /orders', fault: 'lost-answer', count: 3, after: 0 },
    ]);
    await client.setFaults([]);
    expect((await client.control('faults')).body).toEqual([]);
  });

  it('answers 400 with every problem of a list of faults, and keeps the list it had', async () => {
    await set({ fault: 'lost-answer' });
    const { status, body } = await client.setFaults([
      { route: 'POST /orders', fault: 'lost-answer', count: 0 },
      { route: 'GET /nowhere', fault: 'unreachable' },
      { route: 'POST /orders', fault: 'slow', unknown: 1 },
    ]);
    expect(status).toBe(400);
    const { errors } = body as { errors: { field: string | null; message: string }[] };
    const fields = errors.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(['0.count', '1.route', '2.delayMilliseconds']));
    expect(JSON.stringify(errors)).toContain('unknown');
    expect((await client.control('faults')).body).toHaveLength(1);
    const notJson = await client.send('PUT', '/_control/faults', { body: '[' });
    expect(notJson.status).toBe(400);
    expect((await client.setFaults({ route: '*' })).status).toBe(400);
  });
});
