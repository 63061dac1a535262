import type { FunctionApp } from '@mispriced/azure';
import { z } from 'zod';

const appStatusSchema = z.object({
  healthy: z.boolean(),
  stage: z.string().nullable(),
  nextRun: z.string().nullable(),
  release: z.object({
    commit: z.string().nullable(),
    package: z.string().nullable(),
    /** SHA-256 of the manifest in the package that answers; absent before there was one. */
    content: z.string().nullish(),
  }),
  health: z.array(
    z.object({
      name: z.string(),
      healthy: z.boolean(),
      detail: z.string(),
      fix: z.string().nullable(),
    }),
  ),
});

/** What the app's own function `status` says. */
export type AppStatus = z.infer<typeof appStatusSchema>;

/** Asks it. Null while the function does not answer, or answers something else. */
export async function readAppStatus(app: FunctionApp): Promise<AppStatus | null> {
  return appStatusSchema.safeParse((await app.ask('/api/status'))?.body).data ?? null;
}
