import type { StorageEffect } from '../storage-request.ts';
import type { StorageFault } from './storage-fault.ts';

/** Asked once for each try of each request, in the order they are sent; null lets it pass. */
export type FaultPlan = (effect: StorageEffect) => StorageFault | null;

/** A fault that is known beforehand, and the tries that it meets. */
export interface PlannedFault {
  readonly fault: StorageFault;
  /** Which tries it may meet; those that differ in nothing that is named here. Default: all. */
  readonly where?: Readonly<
    Partial<Pick<StorageEffect, 'host' | 'operation' | 'container' | 'path'>>
  >;
  /** How many such tries pass before it begins. Default: none. */
  readonly after?: number;
  /**
   * How many it then meets, one after the other. The product's SDK sends a request at most four
   * times, so four of a kind that it repeats are seen by the store. Default: one.
   */
  readonly times?: number;
}

/** A plan from a list. Of several that meet a try the first counts; the others do not notice it. */
export function planFaults(planned: readonly PlannedFault[]): FaultPlan {
  const seen = planned.map(() => 0);
  return (effect) => {
    for (const [index, { fault, where = {}, after = 0, times = 1 }] of planned.entries()) {
      const count = seen[index] ?? 0;
      if (count >= after + times || !meets(effect, where)) continue;
      seen[index] = count + 1;
      if (count >= after) return fault;
    }
    return null;
  };
}

function meets(effect: StorageEffect, where: NonNullable<PlannedFault['where']>): boolean {
  return (['host', 'operation', 'container', 'path'] as const).every(
    (key) => where[key] === undefined || where[key] === effect[key],
  );
}
