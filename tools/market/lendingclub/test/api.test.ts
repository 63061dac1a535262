import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest';
import {
  startMarket,
  type MarketListing,
  type MarketOptions,
  type RunningMarket,
} from '../index.ts';
import { exampleLoan, exampleLoans } from './example-loans.ts';
import { accessKey, accountId, marketClient, type MarketClient } from './market-client.ts';

const options: MarketOptions = {
  loans: [...exampleLoans([1000, 100]), exampleLoan({ loan_id: '900', issue_d: '2010-11-01' })],
  asOf: '2010-12-15',
  cash: '500.25',
  accessKey,
  accountId,
  requestsPerSecond: null,
  portfolios: [{ portfolioId: 7, portfolioName: 'Seven', portfolioDescription: null }],
  clock: () => new Date('2026-01-02T03:04:05Z'),
};

function loansOf(body: unknown): MarketListing[] {
  return (body as { loans: MarketListing[] }).loans;
}

describe('the simulated market over HTTP', () => {
  let market: RunningMarket;
  let client: MarketClient;
  beforeEach(async () => {
    market = await startMarket(options);
    client = marketClient(market.url);
  });
  afterEach(async () => {
    await market.close();
  });

  it('listens on loopback only', () => {
    expect(market.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('lists what is on offer on its day', async () => {
    const { status, body } = await client.get('/loans/listing?showAll=true');
    expect(status).toBe(200);
    expect(body).toMatchObject({ asOfDate: '2010-12-15T10:00:00.000-08:00' });
    const found = loansOf(body).map(({ id, fundedAmount }) => [id, fundedAmount]);
    expect(found).toEqual([
      [101, 0],
      [102, 0],
    ]);
  });

  it('buys, and shows it everywhere', async () => {
    const bought = await client.order([
      { loanId: 101, requestedAmount: 55, portfolioId: 7 },
      { loanId: 102, requestedAmount: 100 },
      { loanId: 900, requestedAmount: 25 },
    ]);
    const answer = bought.body as { orderInstructId: number };
    expect(bought).toEqual({
      status: 200,
      body: {
        orderInstructId: expect.any(Number) as number,
        orderConfirmations: [
          {
            loanId: 101,
            requestedAmount: 55,
            investedAmount: 50,
            executionStatus: [
              'REQUESTED_AMOUNT_ROUNDED',
              'ORDER_FULFILLED',
              'NOTE_ADDED_TO_PORTFOLIO',
            ],
          },
          {
            loanId: 102,
            requestedAmount: 100,
            investedAmount: 100,
            executionStatus: ['ORDER_FULFILLED'],
          },
          {
            loanId: 900,
            requestedAmount: 25,
            investedAmount: 0,
            executionStatus: ['NOT_AN_IN_FUNDING_LOAN'],
          },
        ],
      },
    });
    expect((await client.account('availablecash')).body).toEqual({
      investorId: accountId,
      availableCash: 350.25,
    });
    expect((await client.account('summary')).body).toMatchObject({
      investorId: accountId,
      availableCash: 350.25,
      accountTotal: 500.25,
      infundingBalance: 150,
      totalNotes: 2,
      totalPortfolios: 1,
    });
    const note = {
      loanId: 101,
      orderId: answer.orderInstructId,
      interestRate: 11.25,
      loanLength: 36,
      loanStatus: 'In Funding',
      grade: 'B',
      loanAmount: 1000,
      noteAmount: 50,
      issueDate: null,
      orderDate: '2010-12-15T10:00:00.000-08:00',
      portfolioId: 7,
      portfolioName: 'Seven',
    };
    const other = { loanId: 102, orderId: answer.orderInstructId, noteAmount: 100 };
    expect((await client.account('notes')).body).toMatchObject({ myNotes: [note, other] });
    expect((await client.account('detailednotes')).body).toMatchObject({
      myNotes: [{ ...note, grade: 'B5', purpose: 'debt_consolidation' }, other],
    });
    expect((await client.account('portfolios')).body).toEqual({
      myPortfolios: options.portfolios,
    });
    const left = await client.get('/loans/listing?showAll=true');
    expect(loansOf(left.body).map(({ id, fundedAmount }) => [id, fundedAmount])).toEqual([
      [101, 50],
    ]);
    const at = '2026-01-02T03:04:05.000Z';
    const { orderInstructId } = answer;
    expect((await client.control('orders')).body).toMatchObject({
      orders: [
        { orderInstructId, loanId: 101, requestedAmount: 55, investedAmount: 50, at },
        { orderInstructId, loanId: 102, requestedAmount: 100, investedAmount: 100, at },
      ],
      requests: [{ at, fault: null, status: 200, request: { aid: accountId }, answer }],
    });
  });

  it('buys twice what is ordered twice', async () => {
    await client.order([{ loanId: 101, requestedAmount: 25 }]);
    await client.order([{ loanId: 101, requestedAmount: 25 }]);
    expect((await client.account('summary')).body).toMatchObject({
      availableCash: 450.25,
      totalNotes: 2,
    });
  });

  it.each([
    ['not JSON', '{"aid":', 'invalid-json'],
    ['without a body', '', 'invalid-json'],
    ['without orders', JSON.stringify({ aid: accountId }), 'validation-error'],
    ['beyond any size', JSON.stringify('x'.repeat(1_000_001)), 'too-large'],
  ])('answers 400 to an order %s, and buys nothing', async (_case, text, code) => {
    const { status, body } = await client.postOrders(text);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ code }] });
    expect((await client.account('availablecash')).body).toMatchObject({ availableCash: 500.25 });
    expect((await client.control('orders')).body).toMatchObject({
      orders: [],
      requests: [{ status: 400 }],
    });
  });

  it('buys nothing for another account', async () => {
    const { status, body } = await client.order([{ loanId: 101, requestedAmount: 25 }], 1);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      orderInstructId: null,
      orderConfirmations: [{ investedAmount: 0, executionStatus: ['NOT_AN_INVESTOR'] }],
    });
  });

  it.each([['Bearer example-key'], ['wrong'], [undefined]])(
    'answers 403 to the key %j',
    async (authorization) => {
      const headers = authorization === undefined ? {} : { authorization };
      const path = '/api/investor/v1/loans/listing?showAll=true';
      const { status, body } = await client.send('GET', path, { headers });
      expect(status).toBe(403);
      expect(body).toMatchObject({ errors: [{ code: 'forbidden' }] });
    },
  );

  it('answers 404 to an account it does not have', async () => {
    expect((await client.get('/accounts/1/notes')).status).toBe(404);
  });

  it.each([
    ['GET', '/api/investor/v1/accounts/4321/filters'],
    ['POST', '/api/investor/v1/accounts/4321/portfolios'],
    ['GET', '/api/investor/v1/loans/listing?filterId=1'],
    ['GET', '/_control/nothing'],
    ['GET', '/'],
  ])('answers 501 to %s %s', async (method, path) => {
    const headers = { authorization: accessKey };
    const { status, body } = await client.send(method, path, { headers });
    expect(status).toBe(501);
    expect(body).toMatchObject({ errors: [{ code: 'not-implemented' }] });
  });

  it('says how it is, and that it is a simulation', async () => {
    expect(await client.control('health')).toEqual({
      status: 200,
      body: {
        status: 'ok',
        simulation: true,
        asOf: '2010-12-15',
        loansOnOffer: 2,
        requestsOverLimit: 0,
      },
    });
  });
});

describe('the limit', () => {
  let now = 0;
  let market: RunningMarket;
  let client: MarketClient;
  beforeAll(async () => {
    market = await startMarket({
      ...options,
      requestsPerSecond: 1,
      elapsedMilliseconds: () => now,
    });
    client = marketClient(market.url);
  });
  afterAll(async () => {
    await market.close();
  });

  it('is one request a second over all operations, and what is over it has no effect', async () => {
    expect((await client.account('summary')).status).toBe(200);
    now += 500;
    await client.setFaults([{ route: 'POST /orders', fault: 'system-busy' }]);
    const refused = await client.order([{ loanId: 101, requestedAmount: 25 }]);
    expect(refused).toMatchObject({ status: 504, body: { errors: [{ code: 'time-out' }] } });
    expect((await client.control('faults')).body).toHaveLength(1);
    expect((await client.control('health')).body).toMatchObject({ requestsOverLimit: 1 });
    now += 500;
    expect((await client.account('availablecash')).body).toMatchObject({ availableCash: 500.25 });
    expect((await client.control('orders')).body).toEqual({ orders: [], requests: [] });
  });

  it('is not used up by requests with a wrong key', async () => {
    now += 1000;
    await client.send('GET', '/api/investor/v1/loans/listing');
    expect((await client.account('summary')).status).toBe(200);
  });
});
