import { randomUUID } from 'node:crypto';
import type { CloudService } from '../../src/service.ts';
import type { ArmEngineContext } from './resource-type.ts';
import { openOperations } from './operations.ts';
import { openResourceStore } from './resource-store.ts';
import { makeTypeTable } from './type-table.ts';

/** The resources of the subscription, of whatever type; the resource manager is what shows them. */
export const engineService: CloudService = {
  name: 'engine',
  open: ({ state, clock, addresses, settings, services }) => {
    const subscription = state.document('subscription', () => ({ subscriptionId: randomUUID() }));
    subscription.save();
    const context: ArmEngineContext = {
      addresses,
      clock,
      subscriptionId: subscription.value.subscriptionId,
      resources: openResourceStore(state),
      operations: openOperations({
        clock,
        origin: () => addresses.origin,
        operationSeconds: () => settings.operationSeconds,
      }),
      types: makeTypeTable(services.flatMap(({ armTypes = [] }) => armTypes)),
    };
    return { context };
  },
};
