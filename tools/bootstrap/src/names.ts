import type { BootstrapRequest, PipelineStage } from './bootstrap-request.ts';
import { stableSuffix } from './stable-ids.ts';

/** What everything that is made is called. Names that all of Azure shares end in a hash. */
export interface Names {
  readonly group: string;
  readonly account: string;
  readonly vault: string;
  readonly watcherRole: string;
  /** The container, and the key, of a stage's state. */
  state(stage: PipelineStage): string;
  identity(environment: string): string;
}

/** Names for a subscription and a resource group. */
export function namesFor(request: BootstrapRequest): Names {
  const suffix = stableSuffix([request.subscriptionId, request.resourceGroup], 12);
  return {
    group: request.resourceGroup,
    account: `mpstate${suffix}`,
    vault: `mp-state-${suffix}`,
    // A role's name is taken for the whole tenant, and there may be more subscriptions in it.
    watcherRole: `Mispriced watcher ${suffix}`,
    state: (stage) => `state-${stage}`,
    identity: (environment) => `mispriced-${environment}`,
  };
}
