import { MispricedError, type ObjectStore } from '@mispriced/core';
import { z } from 'zod';

const container = 'packages';

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
export interface ReleaseLog {
  read(): Promise<readonly ReleaseEntry[]>;
  add(entry: ReleaseEntry): Promise<void>;
}

const attempts = 5;

/** Keeps the log as `packages/releases/<strategy>.jsonl`. Needs Storage Blob Data Contributor. */
export function createReleaseLog(args: { objects: ObjectStore; strategy: string }): ReleaseLog {
  const { objects } = args;
  const path = `releases/${args.strategy}.jsonl`;
  const read = async (): Promise<{ entries: readonly ReleaseEntry[]; length: number }> => {
    const stored = await objects.read(container, path);
    const lines = stored === null ? [] : new TextDecoder().decode(stored.bytes).split('\n');
    const entries = lines.filter((line) => line !== '').map((line) => parse(line, path));
    return { entries, length: stored?.bytes.length ?? 0 };
  };
  return {
    read: async () => (await read()).entries,
    add: async (entry) => {
      const bytes = new TextEncoder().encode(`${JSON.stringify(entry)}\n`);
      for (let attempt = 1; ; attempt += 1) {
        const { length } = await read();
        try {
          await objects.append(container, path, bytes, length);
          return;
        } catch (error) {
          const isConflict = error instanceof MispricedError && error.code === 'STORE_CONFLICT';
          if (!isConflict || attempt >= attempts) throw error;
        }
      }
    },
  };
}

/** The package that was live last and is not this one: where a rollback goes. */
export function lastGoodBefore(
  entries: readonly ReleaseEntry[],
  current: string | null,
): ReleaseEntry | null {
  return entries.findLast((entry) => entry.result === 'live' && entry.package !== current) ?? null;
}

function parse(line: string, path: string): ReleaseEntry {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch (error) {
    throw new MispricedError({
      code: 'DATA_INVALID',
      message: `A line of the release log ${path} cannot be read.`,
      fix: 'Mend or remove the line by hand; keep a copy of the file as it was.',
      cause: error,
    });
  }
}
