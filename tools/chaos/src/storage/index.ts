export {
  countStorageBehaviours,
  storageBehaviours,
  storageOperationsOfRuns,
} from './count-storage-behaviours.ts';
export { planFaults, type PlannedFault } from './faults/fault-plan.ts';
export { drawFault, faultsBySeed, type StorageProfile } from './faults/faults-by-seed.ts';
export { faultKinds, type FaultKind } from './faults/storage-fault.ts';
export { storageHostOf } from './storage-host-of.ts';
export { createStorageModel, type StorageModel } from './storage-model.ts';
export type { StorageOperation } from './storage-operation.ts';
export type { StorageRequest } from './storage-request.ts';
