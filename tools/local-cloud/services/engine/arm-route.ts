import type { Route } from '@mispriced/loopback-server';
import type { ArmEngineContext } from './resource-type.ts';

/** Who asks the resource manager for something. */
export interface Caller {
  readonly objectId: string;
  readonly appId: string;
}

/**
 * A route that is no plain resource: a check, a list across groups, an action with odd paths. Who
 * asks has been checked when it is answered.
 *
 * @typeParam Context what the service that has it works with
 */
export type ArmRoute<Context = ArmEngineContext> = Route<Context & { readonly caller: Caller }> & {
  /** The action that must be granted, and at which scope; null for what anybody signed in may. */
  readonly action: string | null;
};
