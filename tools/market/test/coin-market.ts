import { answer } from '@mispriced/loopback-server';
import { z } from 'zod';
import { createFaultQueue } from '../faults/fault-queue.ts';
import type { ApiCall, MarketDefinition } from '../http/market-definition.ts';
import { type Problem, problem } from '../http/problem.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { stateHeader } from '../state/state-format.ts';
import { openStore } from '../state/store.ts';

interface Bet {
  readonly on: 'heads' | 'tails';
  readonly fault: string | null;
}

const betSchema = z.strictObject({
  on: z.enum(['heads', 'tails']),
  fault: z.string().nullable(),
});

/**
 * The smallest market that is none of loans: its questions are answered with yes or no, an account is
 * a name, errors have another shape than LendingClub's, and a fault of its own is `closed`.
 */
export function coinMarket(args: {
  readonly accountId: string;
  readonly stateFile?: string;
  readonly elapsedMilliseconds?: () => number;
}): MarketDefinition {
  const { accountId } = args;
  const store = openStore<{ bets: readonly Bet[] }, { accountId: string | number; bets: Bet[] }>({
    accountId,
    initial: { bets: [] },
    stateFile: args.stateFile ?? null,
    format: {
      schema: z.strictObject({ ...stateHeader, bets: z.array(betSchema) }),
      decode: ({ bets }) => ({ bets }),
      encode: ({ bets }) => ({ bets }),
    },
  });
  const limit = createRateLimit(args.elapsedMilliseconds ? 10 : null, () => {
    return args.elapsedMilliseconds?.() ?? 0;
  });
  const describeProblems = (problems: readonly Problem[]): unknown => ({
    error: problems.map(({ code, message }) => `${code}: ${message}`).join('; '),
  });
  const bet = ({ body, fault }: ApiCall) => {
    if (fault?.fault === 'closed') return answer(200, { status: 'closed' });
    const parsed = betSchema.pick({ on: true }).safeParse(body.value);
    if (!parsed.success)
      return answer(422, describeProblems([problem('bad-bet', 'No such side.')]));
    const { bets } = store.read();
    store.commit({ bets: [...bets, { on: parsed.data.on, fault: fault?.fault ?? null }] });
    return answer(201, { status: 'filled' });
  };
  const api = {
    base: '/v0',
    routes: [
      {
        method: 'GET',
        path: '/questions/{slug}',
        answer: ({ parameters }: ApiCall) =>
          answer(200, { slug: parameters['slug'], price: '0.5' }),
      },
      { method: 'POST', path: '/bet', answer: bet },
    ],
  };
  return {
    api,
    faults: createFaultQueue(api, { route: 'POST /bet', kinds: ['closed'] }),
    refuseAccess: ({ headers }) => {
      if (headers.authorization !== `Key ${accountId}`) {
        return answer(401, describeProblems([problem('key', 'Not yours.')]));
      }
      return limit.admit() ? null : answer(429, describeProblems([problem('limit', 'Too fast.')]));
    },
    describeProblems,
    control: {
      health: () => ({ questions: 1 }),
      orders: () => {
        const { bets } = store.read();
        return { orders: bets, requests: [] };
      },
    },
  };
}
