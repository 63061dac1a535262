import { type AppendLog, containers, type ObjectStore, openAppendLog } from '@mispriced/core';
import { z } from 'zod';

const entrySchema = z.object({
  at: z.string(),
  who: z.string(),
  commit: z.string().nullable(),
  /** Whether the working tree held changes that no commit has. */
  dirty: z.boolean(),
  package: z.string(),
  kind: z.enum(['deploy', 'rollback']),
  result: z.enum(['begun', 'live', 'failed', 'unhealthy']),
  /** What was wrong; null where nothing was. */
  reason: z.string().nullable(),
});

/** One line of the release log. */
export type ReleaseEntry = z.infer<typeof entrySchema>;

/** Who deployed what, when, and what came of it. Lines are only ever added. */
export type ReleaseLog = AppendLog<ReleaseEntry>;

/** Keeps the log as `packages/releases/<strategy>.jsonl`. Needs Storage Blob Data Contributor. */
export function createReleaseLog(args: { objects: ObjectStore; strategy: string }): ReleaseLog {
  return openAppendLog({
    objects: args.objects,
    container: containers.packages,
    path: `releases/${args.strategy}.jsonl`,
    schema: entrySchema,
    name: 'release log',
  });
}

/** The package that was live last and is not this one: where a rollback goes. */
export function lastGoodBefore(
  entries: readonly ReleaseEntry[],
  current: string | null,
): ReleaseEntry | null {
  return entries.findLast((entry) => entry.result === 'live' && entry.package !== current) ?? null;
}
