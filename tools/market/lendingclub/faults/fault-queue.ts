import { routesNamed, type ApiRoute } from '../routes/api-routes.ts';
import type { Fault } from './fault.ts';

/** The faults that are still to come. */
export interface FaultQueue {
  replace(faults: readonly Fault[]): void;
  /** What is left, with what is left of `count` and `after`. */
  list(): readonly Fault[];
  /** The fault that befalls this request, if any: the first of the list that is due. */
  take(route: ApiRoute): Fault | null;
}

export function createFaultQueue(): FaultQueue {
  let faults: readonly Fault[] = [];
  return {
    replace(next) {
      faults = next;
    },
    list: () => faults,
    take(route) {
      let taken: Fault | null = null;
      const left: Fault[] = [];
      for (const fault of faults) {
        if (!routesNamed(fault.route).includes(route)) left.push(fault);
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
