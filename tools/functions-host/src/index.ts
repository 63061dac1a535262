export { type Cancel, type Clock, systemClock } from './clock/clock.ts';
export { ManualClock } from './clock/manual-clock.ts';
export type {
  FunctionsHost,
  FunctionsHostOptions,
  FunctionSummary,
  HostState,
  HostStatus,
  InvocationResult,
} from './host/functions-host.ts';
export { startFunctionsHost } from './host/start-functions-host.ts';
export { createHostKeys, type HostKeys } from './http/host-keys.ts';
export { followLogFile } from './logs/follow-log-file.ts';
export type { LogEntry } from './logs/log-entry.ts';
export { type TailedFile, tailFile } from './logs/tail-file.ts';
export { BlobStateStore } from './state/blob-state-store.ts';
export type { HostStateStore } from './state/host-state-store.ts';
export { MemoryStateStore } from './state/memory-state-store.ts';
