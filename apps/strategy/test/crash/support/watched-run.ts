import type { Lease, ObjectStore } from '@mispriced/core';
import { renewal, type EffectGate } from './effects.ts';

/**
 * A store that tells of everything by which a run changes it, of its leases, and of every look at the
 * kill switch. Other reads change nothing: being killed there is being killed after what came before.
 */
export function watchStore(objects: ObjectStore, gate: EffectGate): ObjectStore {
  const watchLease = (lease: Lease): Lease => ({
    id: lease.id,
    takenAt: lease.takenAt,
    renew: () => gate.around(renewal, () => lease.renew()),
    release: () => gate.around('release the lease', () => lease.release()),
  });
  return {
    location: objects.location,
    locate: (container, path) => objects.locate(container, path),
    list: (container, prefix) => objects.list(container, prefix),
    read: (container, path) =>
      path.endsWith('kill-switch.json')
        ? gate.around('read the kill switch', () => objects.read(container, path))
        : objects.read(container, path),
    write: (container, path, bytes, condition) =>
      gate.around(`write ${container} ${lastPart(path)}`, () =>
        objects.write(container, path, bytes, condition),
      ),
    append: (container, path, bytes, offset) =>
      gate.around(`append ${entryTypes(bytes)}`, () =>
        objects.append(container, path, bytes, offset),
      ),
    acquireLease: async (container, path, durationSeconds) => {
      const lease = await gate.around('acquire the lease', () =>
        objects.acquireLease(container, path, durationSeconds),
      );
      return lease && watchLease(lease);
    },
  };
}

/**
 * A fetch that tells of every request to the market. When it tells that a request has happened, the
 * market's whole answer has arrived: whatever it did is done.
 */
export function watchFetch(gate: EffectGate): typeof fetch {
  return (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const name = `${init?.method ?? 'GET'} ${lastPart(url.pathname)}`;
    return gate.around(name, async () => {
      const answer = await fetch(input, init);
      const body = await answer.arrayBuffer();
      return new Response(body, { status: answer.status, headers: answer.headers });
    });
  };
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function entryTypes(bytes: Uint8Array): string {
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
  const types = lines.map((line) => (JSON.parse(line) as { type: string }).type);
  return [...new Set(types)].join(', ');
}
