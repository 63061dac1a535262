import { formatMoney } from '@mispriced/core';
import { describe, expect, it } from 'vitest';
import {
  type BookingKind,
  calmConduct,
  isPossible,
  type OrderAnswerKind,
  orderAnswerKinds,
} from './conduct.ts';
import {
  cashPath,
  conductWith,
  notesPath,
  openBench,
  orderBody,
  ordersPath,
  type Seen,
} from './test/market-bench.ts';

const containing = (text: string): unknown => expect.stringContaining(text);
const order = orderBody({ 101: 25 });

/** What a client sees of each kind of answer to an order of 25 dollars. */
const sights: Readonly<Record<OrderAnswerKind, (seen: Seen) => void>> = {
  own: (seen) => {
    expect(seen).toMatchObject({
      status: 200,
      text: containing('"investedAmount":25'),
    });
  },
  'connection-refused': (seen) => {
    expect(seen).toEqual({ failed: 'ECONNREFUSED' });
  },
  reset: (seen) => {
    expect(seen).toEqual({ failed: 'ECONNRESET' });
  },
  silence: (seen) => {
    expect(seen).toEqual({ failed: 'TimeoutError' });
  },
  stalled: (seen) => {
    expect(seen).toEqual({ failed: 'TimeoutError' });
  },
  redirect: (seen) => {
    expect(seen).toEqual({ status: 307, text: '' });
  },
  'forbidden-page': (seen) => {
    expect(seen).toMatchObject({ status: 403, text: containing('<html>') });
  },
  'too-many': (seen) => {
    expect(seen).toMatchObject({ status: 429 });
  },
  broken: (seen) => {
    expect(seen).toMatchObject({ status: 500 });
  },
  unavailable: (seen) => {
    expect(seen).toMatchObject({ status: 503, text: containing('<html>') });
  },
  malformed: (seen) => {
    if ('failed' in seen) throw new Error('There was no answer.');
    expect(seen.status).toBe(200);
    expect(() => JSON.parse(seen.text) as unknown).toThrow();
  },
  'cut-off': (seen) => {
    expect(seen).toEqual({ failed: 'UND_ERR_SOCKET' });
  },
  'refused-otherwise': (seen) => {
    expect(seen).toMatchObject({
      status: 400,
      text: containing('"code":"order-error"'),
    });
  },
  'refused-in-words': (seen) => {
    expect(seen).toMatchObject({
      status: 400,
      text: containing('"code":"validation-error"'),
    });
  },
  'key-refused': (seen) => {
    expect(seen).toMatchObject({
      status: 403,
      text: containing('"code":"forbidden"'),
    });
  },
  'other-amount': (seen) => {
    expect(seen).toMatchObject({ status: 200, text: containing('"requestedAmount":50') });
  },
  busy: (seen) => {
    expect(seen).toMatchObject({ status: 200, text: containing('SYSTEM_BUSY') });
  },
};

const cases = orderAnswerKinds.flatMap((answer) =>
  (['at-once', 'never'] as const satisfies BookingKind[])
    .filter((booking) => isPossible(answer, booking))
    .map((booking) => ({ answer, booking })),
);

describe('an order', () => {
  it.each(cases)('answered "$answer" and booked $booking', async ({ answer, booking }) => {
    const bench = openBench({ conduct: conductWith({ order: { answer, booking } }) });
    const seen = await bench.run((host) => bench.ask(host, ordersPath, order));
    sights[answer](seen);
    const { requests, notes, cash } = bench.market.history();
    const isBooked = booking === 'at-once';
    expect(notes.map(({ loanId, amount }) => [loanId, formatMoney(amount)])).toEqual(
      isBooked ? [[101, '25.00']] : [],
    );
    expect(formatMoney(cash)).toBe(isBooked ? '475.00' : '500.00');
    expect(requests).toHaveLength(1);
    const [request] = requests;
    const isSeen = !('failed' in seen);
    expect(request?.answer).toMatchObject({ kind: answer, isDelivered: isSeen });
    expect(request?.answer?.body ?? '').toBe(isSeen ? seen.text : '');
    expect(request?.host).toBe('host');
    if (answer === 'connection-refused') {
      expect(request).toMatchObject({ receivedAtMilliseconds: null, order: null });
    } else {
      expect(request?.order?.body).toBe(order);
      expect(request?.order?.booked.map(({ noteId }) => noteId)).toEqual(
        notes.map(({ noteId }) => noteId),
      );
      expect(request?.order?.bookedAtMilliseconds === null).toBe(!isBooked);
    }
  });

  it('ends its attempt when it is answered, or when its client gives up', async () => {
    const endOf = async (answer: OrderAnswerKind) => {
      const bench = openBench({ conduct: conductWith({ order: { answer } }) });
      await bench.run((host) => bench.ask(host, ordersPath, order));
      const [request] = bench.market.history().requests;
      return (request?.endedAtMilliseconds ?? 0) - (request?.sentAtMilliseconds ?? 0);
    };
    expect(await endOf('own')).toBe(120);
    expect(await endOf('reset')).toBe(120);
    expect(await endOf('silence')).toBe(30_000);
    expect(await endOf('stalled')).toBe(30_000);
  });

  it('that the market cannot read is refused in words whatever else would befall it', async () => {
    const bench = openBench({ conduct: conductWith({ order: { answer: 'own' } }) });
    const seen = await bench.run(async (host) => [
      await bench.ask(host, ordersPath, '{"aid":'),
      await bench.ask(host, ordersPath, JSON.stringify({ aid: 12345, orders: [] })),
      await bench.ask(host, ordersPath, JSON.stringify({ ...JSON.parse(order), aid: 5 })),
    ]);
    expect(seen).toMatchObject([
      { status: 400, text: containing('invalid-json') },
      { status: 400, text: containing('validation-error') },
      { status: 200, text: containing('NOT_AN_INVESTOR') },
    ]);
    expect(bench.market.history().notes).toEqual([]);
  });

  it('without the key, or for another account, goes no further', async () => {
    const bench = openBench();
    const seen = await bench.run(async (host) => [
      await bench.ask(host, ordersPath, order, { headers: { authorization: 'wrong' } }),
      await bench.ask(host, ordersPath.replace('12345', '5'), order),
      await bench.ask(host, '/api/investor/v1/nowhere', order),
      await bench.ask(host, '/elsewhere', order),
    ]);
    expect(seen).toMatchObject([
      { status: 403 },
      { status: 404 },
      { status: 501 },
      { status: 501 },
    ]);
    expect(bench.market.history().notes).toEqual([]);
    expect(bench.market.history().requests[0]?.answer?.kind).toBe('access-refused');
  });
});

describe('a read', () => {
  it('shows what the account has', async () => {
    const bench = openBench();
    const seen = await bench.run(async (host) => {
      await bench.ask(host, ordersPath, orderBody({ 101: 25, 103: 50 }));
      const reads = [];
      for (const path of [cashPath, notesPath, '/api/investor/v1/loans/listing?showAll=true']) {
        const read = await bench.ask(host, path);
        reads.push('text' in read ? (JSON.parse(read.text) as unknown) : null);
      }
      return reads;
    });
    expect(seen).toMatchObject([
      { availableCash: 425 },
      {
        myNotes: [
          { loanId: 101, noteAmount: 25, loanStatus: 'In Funding' },
          { loanId: 103, noteAmount: 50 },
        ],
      },
      {
        asOfDate: '2010-12-15T10:00:00.000-08:00',
        loans: [
          { id: 101, fundedAmount: 25 },
          { id: 102, fundedAmount: 0 },
          { id: 103, fundedAmount: 50 },
        ],
      },
    ]);
  });

  it.each([
    ['reset', { failed: 'ECONNRESET' }],
    ['silence', { failed: 'TimeoutError' }],
    ['stalled', { failed: 'TimeoutError' }],
    ['cut-off', { failed: 'UND_ERR_SOCKET' }],
    ['connection-refused', { failed: 'ECONNREFUSED' }],
    ['redirect', { status: 307 }],
    ['forbidden-page', { status: 403 }],
    ['too-many', { status: 429 }],
    ['broken', { status: 500 }],
    ['unavailable', { status: 503 }],
  ] as const)('can be answered "%s"', async (answer, sight) => {
    const bench = openBench({ conduct: conductWith({ read: { answer } }) });
    expect(await bench.run((host) => bench.ask(host, notesPath))).toMatchObject(sight);
    expect(bench.market.history().requests[0]).toMatchObject({
      order: null,
      shownAsOfMilliseconds: null,
    });
  });
});

describe('the fetch of a host', () => {
  it('follows a redirect unless it is told not to, and so orders twice', async () => {
    const conduct = {
      ...calmConduct,
      order: (request: number) => ({
        ...calmConduct.order(request),
        answer: request === 1 ? ('redirect' as const) : ('own' as const),
      }),
    };
    const bench = openBench({ conduct });
    const seen = await bench.run((host) =>
      bench.ask(host, ordersPath, order, { redirect: 'follow' }),
    );
    expect(seen).toMatchObject({ status: 200 });
    expect(bench.market.history().notes).toHaveLength(2);
    const strict = openBench({ conduct });
    expect(
      await strict.run((host) => strict.ask(host, ordersPath, order, { redirect: 'error' })),
    ).toEqual({ failed: 'TypeError' });
  });

  it('gives up a circle of redirects', async () => {
    const bench = openBench({ conduct: conductWith({ read: { answer: 'redirect' } }) });
    const seen = await bench.run((host) =>
      bench.ask(host, notesPath, undefined, { redirect: 'follow' }),
    );
    expect(seen).toEqual({ failed: 'TypeError' });
    expect(bench.market.history().requests).toHaveLength(21);
  });

  it('reaches nothing but the market', async () => {
    const bench = openBench();
    const seen = await bench.run(async (host) => {
      const other = await bench.market
        .fetchOf(host)('https://elsewhere.example/')
        .catch((error: unknown) => error);
      return other instanceof TypeError ? other.cause : null;
    });
    expect(seen).toMatchObject({ code: 'ENOTFOUND' });
    expect(bench.market.history().requests).toEqual([]);
  });

  it('sends nothing that was given up before', async () => {
    const bench = openBench();
    const seen = await bench.run((host) =>
      bench.ask(host, ordersPath, order, { signal: AbortSignal.abort(new Error('stopped')) }),
    );
    expect(seen).toEqual({ failed: 'Error' });
    expect(bench.market.history().requests).toEqual([]);
  });

  it('gives a client without a time-out the end of an idle connection', async () => {
    const bench = openBench({ conduct: conductWith({ order: { answer: 'stalled' } }) });
    const seen = await bench.run((host) => bench.ask(host, ordersPath, order, { signal: null }));
    expect(seen).toEqual({ failed: 'UND_ERR_SOCKET' });
    expect(bench.elapsed()).toBe(1_800_000);
  });

  it('takes text and addresses only', async () => {
    const bench = openBench();
    const thrown = await bench.run(async (host) => {
      const fetchIt = bench.market.fetchOf(host);
      const messages: string[] = [];
      for (const attempt of [
        fetchIt(new Request(bench.market.url)),
        fetchIt(bench.market.url, { method: 'POST', body: new Uint8Array(1) }),
      ]) {
        await attempt.catch((error: unknown) => messages.push(String(error)));
      }
      return messages;
    });
    expect(thrown).toHaveLength(2);
  });
});
