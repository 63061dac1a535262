import { z } from 'zod';
import { createFaultQueue } from '../faults/fault-queue.ts';
import { replaceRoute } from '../http/control-routes.ts';
import type { MarketDefinition } from '../http/market-definition.ts';
import type { Market } from './market.ts';
import { orderFaults } from './order-faults.ts';
import { describeProblems } from './routes/api-errors.ts';
import { lendingClubApi } from './routes/api-routes.ts';
import { describeHealth, describeOrders } from './routes/control.ts';
import { refuseAccess } from './routes/refuse-access.ts';

/** LendingClub's market as the server that all simulated markets share takes it. */
export function defineMarket(market: Market): MarketDefinition {
  const { base, routes } = lendingClubApi;
  return {
    api: {
      base,
      routes: routes.map((route) => ({ ...route, answer: (call) => route.answer(market, call) })),
    },
    faults: createFaultQueue(lendingClubApi, orderFaults),
    refuseAccess: ({ headers }, { id }) => refuseAccess(market, headers.authorization, id ?? null),
    describeProblems,
    control: {
      health: () => describeHealth(market),
      orders: () => describeOrders(market.store.read()),
      routes: [
        replaceRoute({
          what: 'keys',
          schema: z.array(z.string().min(1)),
          describeProblems,
          replace(keys) {
            market.otherKeys.clear();
            for (const key of keys) market.otherKeys.add(key);
            // The answer has no key in it.
            return { count: keys.length };
          },
        }),
      ],
    },
  };
}
