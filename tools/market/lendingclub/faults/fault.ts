import { z } from 'zod';
import { apiRoutes, routesNamed } from '../routes/api-routes.ts';

const orderRoute = 'POST /accounts/{id}/orders';

const route = z.string().refine((name) => routesNamed(name).length > 0, {
  error: `must be * or end one of: ${apiRoutes.join(', ')}`,
});

const ofOrders = z.string().refine((name) => routesNamed(name).includes(orderRoute), {
  error: 'this fault is for POST /orders only',
});

const plan = {
  /** How many requests it befalls. */
  count: z.int().positive().default(1),
  /** How many requests of the route it lets pass before. */
  after: z.int().nonnegative().default(0),
};

const errorStatus = z.int().min(400).max(599).default(500);

const faultSchema = z.discriminatedUnion('fault', [
  z.strictObject({ ...plan, route, fault: z.literal('unreachable') }),
  z.strictObject({ ...plan, route, fault: z.literal('status'), status: errorStatus }),
  z.strictObject({ ...plan, route, fault: z.literal('status-after-effect'), status: errorStatus }),
  z.strictObject({ ...plan, route, fault: z.literal('lost-answer') }),
  z.strictObject({ ...plan, route, fault: z.literal('malformed-answer') }),
  z.strictObject({
    ...plan,
    route,
    fault: z.literal('slow'),
    delayMilliseconds: z.int().positive().max(600_000),
  }),
  z.strictObject({ ...plan, route: ofOrders, fault: z.literal('system-busy') }),
  z.strictObject({ ...plan, route: ofOrders, fault: z.literal('vanish') }),
  z.strictObject({ ...plan, route: ofOrders, fault: z.literal('partial-fill') }),
]);

export const faultsSchema = z.array(faultSchema);

/**
 * Something that goes wrong with the next requests of a route.
 *
 * Before anything happens: `unreachable` (the connection is reset), `status`. In place of what would
 * happen to an order: `system-busy` (nothing is taken), `vanish` (its loans are gone),
 * `partial-fill` (half of each remains). After everything happened: `lost-answer` (the connection is
 * dropped), `status-after-effect`, `malformed-answer` (half of the JSON), `slow`.
 */
export type Fault = z.infer<typeof faultSchema>;
