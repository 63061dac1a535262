import type { Route } from '@mispriced/loopback-server';
import type { Caller } from '../authorization/authorize-caller.ts';
import type { ArmContext } from './arm-context.ts';

/** What a route of the resource manager gets: who asks has been checked, what for has not. */
interface ArmRouteContext extends ArmContext {
  readonly caller: Caller;
}

/** A route that is no plain resource: a check, a list across groups, an action with odd paths. */
export type ArmRoute = Route<ArmRouteContext> & {
  /** The action that must be granted, and at which scope; null for what anybody signed in may. */
  readonly action: string | null;
};
