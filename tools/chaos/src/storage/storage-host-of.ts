import type { Host } from '../time/host.ts';
import type { StorageHost } from './client/host-http-client.ts';

/**
 * A host on virtual time as storage sees it: each try of each request is one of its effects, and what
 * the SDK waits between two tries passes on its own clock.
 */
export function storageHostOf(host: Host): StorageHost {
  return {
    name: host.name,
    sleep: (milliseconds) => host.sleep(milliseconds),
    around: ({ operation, container, path, tryNumber }, perform) => {
      const again = tryNumber === 1 ? '' : ` (try ${tryNumber})`;
      return host.around(`storage ${operation} ${container}/${path}${again}`, perform);
    },
  };
}
