import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { MispricedError } from '../../domain/errors.ts';
import { formatMoney, parseMoney } from '../../domain/money.ts';
import { createLendingClubVenue, type LendingClubOptions } from './create-lending-club-venue.ts';
import { connectionError, createFakeRuntime, type ScriptedAnswer } from './test/fake-runtime.ts';
import { orderIntent } from './test/order-intent.ts';

const key = 'dGhlLXNlY3JldC1rZXk=';
const json = (status: number, value: unknown): ScriptedAnswer => ({
  status,
  body: JSON.stringify(value),
});
const cashAnswer = json(200, { investorId: 5, availableCash: 100.76 });
const batch = [orderIntent('1', '25.00'), orderIntent('2', '50.10')];

function setUp(answers: readonly ScriptedAnswer[], more: Partial<LendingClubOptions> = {}) {
  const runtime = createFakeRuntime(answers, 120);
  const venue = createLendingClubVenue({
    ...runtime,
    baseUrl: 'https://api.example',
    accountId: '5',
    accessKey: { reveal: () => key },
    accessKeyName: 'venue-access-key',
    requestsPerSecond: 1,
    timeoutSeconds: 30,
    ...more,
  });
  return { runtime, venue };
}

async function failure(work: Promise<unknown>): Promise<MispricedError> {
  const thrown: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof MispricedError))
    throw new Error(`not an error of ours: ${String(thrown)}`);
  return thrown;
}

describe('reads', () => {
  it('asks for all loans, the cash and the notes, with the bare key, a second apart', async () => {
    const { runtime, venue } = setUp([
      json(200, { asOfDate: '2016-04-28T18:41:28.295-07:00', loans: [] }),
      cashAnswer,
      json(200, { myNotes: [{ loanId: 1, noteAmount: 25, orderId: 7 }] }),
    ]);
    const [listing, cash, held] = await Promise.all([
      venue.listSecurities(),
      venue.availableCash(),
      venue.findOrders(),
    ]);
    expect(listing.listings).toEqual([]);
    expect(formatMoney(cash)).toBe('100.76');
    expect(held).toMatchObject([{ listingId: '1', venueOrderId: '7' }]);
    expect(runtime.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://api.example/api/investor/v1/loans/listing?showAll=true',
      'GET https://api.example/api/investor/v1/accounts/5/availablecash',
      'GET https://api.example/api/investor/v1/accounts/5/notes',
    ]);
    for (const { headers } of runtime.seen) expect(headers.get('authorization')).toBe(key);
    const times = runtime.seen.map(({ atMilliseconds }) => atMilliseconds);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000);
    expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('tries again after lost answers and broken servers, still at the pace', async () => {
    const { runtime, venue } = setUp([
      connectionError('ECONNRESET'),
      { status: 502, body: '<html>' },
      cashAnswer,
    ]);
    expect(formatMoney(await venue.availableCash())).toBe('100.76');
    const times = runtime.seen.map(({ atMilliseconds }) => atMilliseconds);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('gives up as unreachable, and says that a later try may help', async () => {
    const lost = connectionError('ECONNREFUSED');
    const error = await failure(setUp([lost, lost, lost, lost]).venue.listSecurities());
    expect(error).toMatchObject({ code: 'VENUE_UNREACHABLE', retryable: true });
    expect(error.message).toContain('ECONNREFUSED');
    const broken = { status: 500, body: '' };
    expect(
      await failure(setUp([broken, broken, broken, broken]).venue.availableCash()),
    ).toMatchObject({ code: 'VENUE_UNREACHABLE' });
  });

  it.each([401, 403])(
    'names the secret to set when refused with %i, once and for all',
    async (status) => {
      const refusal = json(status, {
        errors: [{ code: 'bad-key', message: `no such key ${key}` }],
      });
      const { runtime, venue } = setUp([refusal]);
      const error = await failure(venue.availableCash());
      expect(error).toMatchObject({ code: 'VENUE_REFUSED', retryable: false });
      expect(error.fix).toContain('npx mispriced secrets set venue-access-key');
      expect(error.message).toContain('bad-key: no such key ***');
      expect(inspect(error, { depth: 9 })).not.toContain(key);
      expect(runtime.seen).toHaveLength(1);
    },
  );

  it.each([404, 400, 302])('takes %i for a wrong address or account', async (status) => {
    const error = await failure(setUp([{ status, body: 'x' }]).venue.findOrders());
    expect(error).toMatchObject({ code: 'VENUE_REFUSED' });
    expect(error.message).toContain(`HTTP ${status}`);
  });

  it('refuses an answer that is not JSON', async () => {
    const error = await failure(
      setUp([{ status: 200, body: '{"loans": [NaN' }]).venue.listSecurities(),
    );
    expect(error).toMatchObject({ code: 'VENUE_ANSWER_INVALID' });
  });

  it('asks nothing with a key that cannot be sent, and does not show it', async () => {
    for (const bad of ['', 'two words secret', 'line\nbreak']) {
      const { runtime, venue } = setUp([], { accessKey: { reveal: () => bad } });
      const error = await failure(venue.availableCash());
      expect(error).toMatchObject({ code: 'VENUE_REFUSED' });
      if (bad !== '') expect(inspect(error)).not.toContain(bad);
      expect(runtime.seen).toEqual([]);
    }
  });
});

describe('orders', () => {
  const confirmation = (loanId: number, amount: number) => ({
    loanId,
    requestedAmount: amount,
    investedAmount: amount,
    executionStatus: ['ORDER_FULFILLED'],
  });
  const guard = { mayStillSend: () => null };
  const send = async (answers: readonly ScriptedAnswer[]) => {
    const { runtime, venue } = setUp(answers);
    const { results, problem } = await venue.placeOrders(batch, guard);
    expect(runtime.seen).toHaveLength(1);
    expect(results.map(({ orderId }) => orderId)).toEqual(batch.map(({ orderId }) => orderId));
    return { outcomes: results.map(({ outcome }) => outcome), problem: problem?.code ?? null };
  };

  it('sends the batch in one request, its amounts as exact digits', async () => {
    const { runtime, venue } = setUp([
      json(200, {
        orderInstructId: 9,
        orderConfirmations: [confirmation(1, 25), confirmation(2, 50.1)],
      }),
    ]);
    const { results, problem } = await venue.placeOrders(batch, guard);
    expect(problem).toBeNull();
    expect(results.map(({ outcome }) => outcome)).toEqual(['filled', 'filled']);
    expect(runtime.seen).toHaveLength(1);
    expect(runtime.seen[0]).toMatchObject({
      method: 'POST',
      url: 'https://api.example/api/investor/v1/accounts/5/orders',
      body: '{"aid":5,"orders":[{"loanId":1,"requestedAmount":25.00},{"loanId":2,"requestedAmount":50.10}]}',
    });
    expect(runtime.seen[0]?.headers.get('content-type')).toBe('application/json');
  });

  it('believes no amount beyond what is declared, and says that the venue broke its word', async () => {
    const answer = json(200, {
      orderInstructId: 9,
      orderConfirmations: [confirmation(1, 25), { ...confirmation(2, 50.1), investedAmount: 100 }],
    });
    expect(await send([answer])).toEqual({
      outcomes: ['filled', 'unknown'],
      problem: 'VENUE_OVERFILLED',
    });
  });

  it('sends nothing for an empty batch', async () => {
    const { runtime, venue } = setUp([]);
    expect(await venue.placeOrders([], guard)).toEqual({ results: [], problem: null });
    expect(runtime.seen).toEqual([]);
  });

  it.each([
    ['a broken connection', connectionError('ECONNRESET'), 'VENUE_UNREACHABLE'],
    ['a broken server', { status: 500, body: '' }, 'VENUE_UNREACHABLE'],
    ['a gateway', { status: 504, body: '<html>' }, 'VENUE_UNREACHABLE'],
    ['a full queue', { status: 429, body: '' }, 'VENUE_UNREACHABLE'],
    ['a redirect', { status: 307, body: '' }, 'VENUE_REFUSED'],
    [
      'an answer cut short',
      { status: 200, body: '{"orderInstructId": 9, "orderConf' },
      'VENUE_ANSWER_INVALID',
    ],
    ['an empty answer', { status: 200, body: '' }, 'VENUE_ANSWER_INVALID'],
    [
      'a refusal that may have come after the effect',
      json(400, { errors: [{ code: 'internal', message: 'broken' }] }),
      'VENUE_REFUSED',
    ],
    [
      'a refusal nobody can read',
      { status: 400, body: '<html>Bad Request</html>' },
      'VENUE_REFUSED',
    ],
    ['the page of a firewall', { status: 403, body: '<html>Blocked</html>' }, 'VENUE_REFUSED'],
    ['401 without a word', { status: 401, body: '' }, 'VENUE_REFUSED'],
    [
      'words of a refusal from a full queue',
      json(429, { errors: [{ code: 'forbidden' }] }),
      'VENUE_UNREACHABLE',
    ],
    [
      'words of a refusal from a broken server',
      json(500, { errors: [{ code: 'bad-request' }] }),
      'VENUE_UNREACHABLE',
    ],
  ] as const)('never sends twice, leaves all unknown and says why after %s', async (...given) => {
    const [, answer, problem] = given;
    expect(await send([answer])).toEqual({ outcomes: ['unknown', 'unknown'], problem });
  });

  it.each([400, 403])('takes a refusal of %i that the venue explains as one', async (status) => {
    const code = status === 403 ? 'forbidden' : 'bad-request';
    const { venue } = setUp([
      json(status, { errors: [{ field: 'aid', code, message: 'closed' }] }),
    ]);
    expect(await venue.placeOrders(batch, guard)).toMatchObject({
      results: [{ outcome: 'refused', venueStatuses: [`${code}: closed`] }, { outcome: 'refused' }],
      problem: { code: 'VENUE_REFUSED' },
    });
  });

  it('asks in the last instruction before the request whether it may still be sent', async () => {
    const { runtime, venue } = setUp([cashAnswer]);
    await venue.availableCash();
    const asked: number[] = [];
    const lost = new MispricedError({ code: 'RUN_LEASE_LOST', message: 'm', fix: 'f' });
    const mayStillSend = () => {
      asked.push(runtime.seen.length);
      return lost;
    };
    // The pace makes the batch wait for a second first.
    expect(await failure(venue.placeOrders(batch, { mayStillSend }))).toBe(lost);
    expect(asked).toEqual([1]);
    expect(runtime.seen).toHaveLength(1);
  });

  it('throws where the run was stopped before anything was sent', async () => {
    const { runtime, venue } = setUp([], { signal: AbortSignal.abort() });
    expect(await failure(venue.placeOrders(batch, guard))).toMatchObject({
      code: 'VENUE_UNREACHABLE',
    });
    expect(runtime.seen).toEqual([]);
  });

  it.each([
    ['the same loan twice', [orderIntent('1', '25'), orderIntent('1', '25')]],
    ['a loan of another market', [orderIntent('BTC-USD', '25')]],
    ['JSON in an id', [orderIntent('1,"x":2', '25')]],
    ['nothing to buy', [orderIntent('1', '0')]],
    ['an amount below nothing', [orderIntent('1', '-25')]],
    ['half a cent', [{ ...orderIntent('1', '25'), amount: parseMoney('0.01').dividedBy(2) }]],
  ])('does not let out a batch with %s', async (_name, orders) => {
    const { runtime, venue } = setUp([]);
    expect(await failure(venue.placeOrders(orders, guard))).toMatchObject({ code: 'INTERNAL' });
    expect(runtime.seen).toEqual([]);
  });
});

describe('createLendingClubVenue', () => {
  it('keeps the key out of everything that can be printed', () => {
    const { venue } = setUp([]);
    expect(inspect(venue, { depth: 9, showHidden: true })).not.toContain(key);
    expect(JSON.parse(JSON.stringify(venue))).toEqual({
      name: 'lendingclub',
      accountMark: 'e95ea9d4690fb121',
      declaration: { settleWithinSeconds: 120, roundsUpTo: '25', refusesRepeatedIds: false },
    });
  });

  it.each(['', '0', '12a', '-5', '1.5'])('refuses the account %j', (accountId) => {
    expect(() => setUp([], { accountId })).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    );
  });
});
