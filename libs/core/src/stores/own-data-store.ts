import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MispricedError } from '../domain/index.ts';
import { containers, type ObjectStore } from './object-store.ts';
import { movePointer, readPointer, type Pointer } from './pointer.ts';

const liveSnapshotSchema = z.object({
  /** The snapshot's path in the container. */
  path: z.string(),
  sha256: z.string(),
  format: z.enum(['csv', 'parquet']),
  publishedAt: z.string(),
});

/** Which snapshot of an own data set is in use. */
export type LiveSnapshot = z.infer<typeof liveSnapshotSchema>;

/** A snapshot with its content. */
export interface OwnDataSnapshot extends LiveSnapshot {
  readonly bytes: Uint8Array;
  /** Where it is, for people. */
  readonly where: string;
}

/** Own data sets as dated snapshots that never change, and a pointer to the one in use. */
export interface OwnDataStore {
  /** Keeps a snapshot and points at it. Publishing the content that is live does nothing. */
  publish(args: {
    set: string;
    bytes: Uint8Array;
    format: 'csv' | 'parquet';
  }): Promise<LiveSnapshot>;
  live(set: string): Promise<Pointer<LiveSnapshot> | null>;
  /** @throws MispricedError `DATA_MISSING` where nothing was published. */
  readLive(set: string): Promise<OwnDataSnapshot>;
  /** The snapshots kept, oldest first. */
  list(set: string): Promise<readonly string[]>;
}

/** Keeps snapshots as `data/<set>/<date>-<sha256>.<ext>` and `data/<set>/live.json`. */
export function createOwnDataStore(args: { objects: ObjectStore; now: () => Date }): OwnDataStore {
  const { objects } = args;
  const pointerPath = (set: string): string => `${set}/live.json`;
  const live = (set: string): Promise<Pointer<LiveSnapshot> | null> =>
    readPointer({
      objects,
      container: containers.data,
      path: pointerPath(set),
      schema: liveSnapshotSchema,
    });

  return {
    live,
    list: async (set) => {
      const paths = await objects.list(containers.data, `${set}/`);
      return paths.filter((path) => path !== pointerPath(set));
    },
    publish: async ({ set, bytes, format }) => {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const from = await live(set);
      if (from?.value.sha256 === sha256) return from.value;
      const publishedAt = args.now().toISOString();
      const path = `${set}/${publishedAt.slice(0, 10)}-${sha256}.${format}`;
      await objects.write(containers.data, path, bytes, 'any');
      const value: LiveSnapshot = { path, sha256, format, publishedAt };
      await movePointer({
        objects,
        container: containers.data,
        path: pointerPath(set),
        from,
        value,
      });
      return value;
    },
    readLive: async (set) => {
      const pointer = await live(set);
      const path = pointer?.value.path ?? pointerPath(set);
      const stored = pointer === null ? null : await objects.read(containers.data, path);
      if (pointer === null || stored === null) {
        throw new MispricedError({
          code: 'DATA_MISSING',
          message: `The own data set ${set} has no snapshot: ${objects.locate(containers.data, path)} does not exist.`,
          fix: `Publish one: \`npx mispriced data publish FILE --set ${set}\`.`,
        });
      }
      const sha256 = createHash('sha256').update(stored.bytes).digest('hex');
      if (sha256 !== pointer.value.sha256) {
        throw new MispricedError({
          code: 'DATA_INVALID',
          message: `The snapshot ${objects.locate(containers.data, path)} is not what was published: its SHA-256 differs.`,
          fix: `Publish the set again: \`npx mispriced data publish FILE --set ${set}\`.`,
        });
      }
      return {
        ...pointer.value,
        bytes: stored.bytes,
        where: objects.locate(containers.data, path),
      };
    },
  };
}
