import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '@mispriced/loopback-server';

const restartSchema = z.object({
  why: z.enum(['start', 'change', 'deployment', 'retry']),
  /** When nothing answered any more; for a first start, when it began. */
  downAt: z.string(),
  /** When the app answered again; null where it did not come up. */
  upAt: z.string().nullable(),
});

/** One time a site was down, or came up for the first time. Times are ISO 8601 in UTC. */
export type SiteRestart = z.infer<typeof restartSchema>;

const kept = 500;

/** A site's restarts, latest last, kept in a file over restarts of the local cloud itself. */
export interface SiteRestarts {
  all(): readonly SiteRestart[];
  add(restart: SiteRestart): void;
}

/** Opens the record of a site. */
export function openSiteRestarts(file: string): SiteRestarts {
  mkdirSync(dirname(file), { recursive: true });
  let restarts: readonly SiteRestart[] = existsSync(file)
    ? z.array(restartSchema).parse(JSON.parse(readFileSync(file, 'utf8')))
    : [];
  return {
    all: () => restarts,
    add: (restart) => {
      restarts = [...restarts, restart].slice(-kept);
      writeAtomically(file, JSON.stringify(restarts, null, 1));
    },
  };
}
