import { type ApiRoutes, routesNamed } from '../http/api-routes.ts';
import { createFaultsSchema, type Fault, type OrderFaults } from './fault.ts';

/** The faults that are still to come. */
export interface FaultQueue {
  /** What a list of faults must look like. */
  readonly schema: ReturnType<typeof createFaultsSchema>;
  replace(faults: readonly Fault[]): void;
  /** What is left, with what is left of `count` and `after`. */
  list(): readonly Fault[];
  /** The fault that befalls a request to the route of this name, if any: the first that is due. */
  take(route: string): Fault | null;
}

/** An empty queue for the routes of one market. */
export function createFaultQueue(api: ApiRoutes, own: OrderFaults): FaultQueue {
  let faults: readonly Fault[] = [];
  return {
    schema: createFaultsSchema(api, own),
    replace(next) {
      faults = next;
    },
    list: () => faults,
    take(route) {
      let taken: Fault | null = null;
      const left: Fault[] = [];
      for (const fault of faults) {
        if (!routesNamed(api, fault.route).includes(route)) left.push(fault);
        else if (fault.after > 0) left.push({ ...fault, after: fault.after - 1 });
        else if (taken !== null) left.push(fault);
        else {
          taken = fault;
          if (fault.count > 1) left.push({ ...fault, count: fault.count - 1 });
        }
      }
      faults = left;
      return taken;
    },
  };
}
