import { faultKinds, type FaultKind } from './faults/storage-fault.ts';
import { storageOperations, type StorageOperation } from './storage-operation.ts';
import type { StorageRequest } from './storage-request.ts';

/** Containers are made with the account, and no run breaks another's lease. */
const notOfARun: readonly StorageOperation[] = ['create-container', 'break-lease'];

/** What runs ask of storage. */
export const storageOperationsOfRuns = storageOperations.filter(
  (operation) => !notOfARun.includes(operation),
);

/** Everything that can be counted of storage, whether it happened or not. */
export const storageBehaviours: readonly string[] = storageOperationsOfRuns.flatMap((operation) => [
  ...faultKinds
    .filter((kind) => kind !== 'answer-cut' || operation === 'get-blob')
    .map((kind) => meets(operation, kind)),
  outlasted(operation),
]);

/** How often each of them happened; what never happened is not there. */
export function countStorageBehaviours(
  requests: readonly StorageRequest[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (what: string): void => {
    counts.set(what, (counts.get(what) ?? 0) + 1);
  };
  for (const { operation, fault, tryNumber, endedAt, status } of requests) {
    if (fault !== null) count(meets(operation, fault));
    const isFailed = endedAt !== null && (status === null || status >= 500);
    if (isFailed && tryNumber === 4) count(outlasted(operation));
  }
  return counts;
}

function meets(operation: StorageOperation, kind: FaultKind): string {
  return `${operation} meets ${kind}`;
}

/** The product's SDK tries four times. */
function outlasted(operation: StorageOperation): string {
  return `${operation} fails at every try`;
}
