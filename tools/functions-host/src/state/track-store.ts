import type { Activity } from '../invocation/activity.ts';
import type { HostStateStore } from './host-state-store.ts';

/** The same store, whose calls count as activity of the host while they are under way. */
export function trackStore(store: HostStateStore, activity: Activity): HostStateStore {
  return {
    read: (blobName) => activity.track(() => store.read(blobName)),
    write: (blobName, text) => activity.track(() => store.write(blobName, text)),
    acquireLease: (args) => activity.track(() => store.acquireLease(args)),
    renewLease: (args) => activity.track(() => store.renewLease(args)),
    releaseLease: (args) => activity.track(() => store.releaseLease(args)),
  };
}
