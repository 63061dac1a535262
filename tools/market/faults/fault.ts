import { z } from 'zod';
import { type ApiRoutes, routeName, routesNamed } from '../http/api-routes.ts';

/** The kinds of faults that only one market has, in place of what would happen to its orders. */
export interface OrderFaults {
  /** The route they are for, by a short name such as `POST /orders`. */
  readonly route: string;
  readonly kinds: readonly string[];
}

const plan = {
  /** How many requests it befalls. */
  count: z.int().positive().default(1),
  /** How many requests of the route it lets pass before. */
  after: z.int().nonnegative().default(0),
};

const status = z.int().min(400).max(599).default(500);
const delayMilliseconds = z.int().positive().max(600_000);

/** What `PUT /_control/faults` of a market takes. */
export function createFaultsSchema(api: ApiRoutes, own: OrderFaults) {
  const names = api.routes.map(routeName).join(', ');
  const route = z.string().refine((name) => routesNamed(api, name).length > 0, {
    error: `must be * or end one of: ${names}`,
  });
  const [orderRoute = ''] = routesNamed(api, own.route);
  const ofOrders = z.string().refine((name) => routesNamed(api, name).includes(orderRoute), {
    error: `this fault is for ${own.route} only`,
  });
  const common = { ...plan, route };
  return z.array(
    z.discriminatedUnion('fault', [
      z.strictObject({ ...common, fault: z.literal('unreachable') }),
      z.strictObject({ ...common, fault: z.literal('status'), status }),
      z.strictObject({ ...common, fault: z.literal('status-after-effect'), status }),
      z.strictObject({ ...common, fault: z.literal('lost-answer') }),
      z.strictObject({ ...common, fault: z.literal('malformed-answer') }),
      z.strictObject({ ...common, fault: z.literal('slow'), delayMilliseconds }),
      z.strictObject({ ...plan, route: ofOrders, fault: z.literal(own.kinds) }),
    ]),
  );
}

/**
 * Something that goes wrong with the next requests of a route.
 *
 * Before anything happens: `unreachable` (the connection is reset), `status`. In place of what would
 * happen to an order: the market's own kinds. After everything happened: `lost-answer` (the
 * connection is dropped), `status-after-effect`, `malformed-answer` (half of the JSON), `slow`.
 */
export type Fault = z.infer<ReturnType<typeof createFaultsSchema>>[number];
