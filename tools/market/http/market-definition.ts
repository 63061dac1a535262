import type { HttpRequest, HttpResponse, Route, RouteParameters } from '@mispriced/loopback-server';
import type { Fault } from '../faults/fault.ts';
import type { FaultQueue } from '../faults/fault-queue.ts';
import type { ApiRoute, ApiRoutes } from './api-routes.ts';
import type { Problem } from './problem.ts';
import type { JsonBody } from './read-json-body.ts';

/** A request that was let through to a route. */
export interface ApiCall {
  readonly request: HttpRequest;
  readonly parameters: RouteParameters;
  readonly body: JsonBody;
  /** Plays itself, except the kinds that are the market's own: those the route plays. */
  readonly fault: Fault | null;
}

/** A route of a market's API, with what answers it. */
interface MarketRoute extends ApiRoute {
  answer(call: ApiCall): HttpResponse;
}

/** What a simulated market is to the server that it shares with the others. */
export interface MarketDefinition {
  readonly api: ApiRoutes<MarketRoute>;
  readonly faults: FaultQueue;
  /** Why a request goes no further (key, limit, account); null where it does. */
  refuseAccess(request: HttpRequest, parameters: RouteParameters): HttpResponse | null;
  /** The body of an answer that says what is wrong, as the real market words it. */
  describeProblems(problems: readonly Problem[]): unknown;
  readonly control: {
    /** `GET /_control/health`, beside that it is a simulation. */
    health(): object;
    /** `GET /_control/orders`: what was filled, and everything that was asked. */
    orders(): { readonly orders: readonly object[]; readonly requests: readonly object[] };
    /** What else can be done under `/_control`. */
    readonly routes?: readonly Route[];
  };
}
