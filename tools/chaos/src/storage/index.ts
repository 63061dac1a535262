export type { StorageHost } from './client/host-http-client.ts';
export {
  countStorageBehaviours,
  storageBehaviours,
  storageOperationsOfRuns,
} from './count-storage-behaviours.ts';
export { planFaults, type FaultPlan, type PlannedFault } from './faults/fault-plan.ts';
export {
  drawFault,
  evenStorageProfile,
  faultsBySeed,
  type StorageProfile,
} from './faults/faults-by-seed.ts';
export { faultKinds, type FaultKind, type StorageFault } from './faults/storage-fault.ts';
export type { ImmutabilityPolicy } from './service/stored-blob.ts';
export { storageHostOf } from './storage-host-of.ts';
export { createStorageModel, type StorageModel } from './storage-model.ts';
export { storageOperations, type StorageOperation } from './storage-operation.ts';
export {
  describeStorageRequest,
  type StorageEffect,
  type StorageRequest,
} from './storage-request.ts';
