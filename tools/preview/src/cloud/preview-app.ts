import {
  type ArmConnection,
  listSites,
  openFunctionApp,
  publicCloud,
  readSite,
} from '@mispriced/azure';
import { z } from 'zod';
import { previewArm } from './preview-arm.ts';

/** A function app, as far as a preview needs it. */
export interface PreviewApp {
  /** The address of its function `status`, which asks for a key. */
  readonly statusUrl: string;
  /** Whether the app says that all it needs is well; null where it does not answer. */
  isHealthy(): Promise<boolean | null>;
  /**
   * Has a timer's function run now, as the portal's "Run" does: the host answers once it has begun.
   * Needs `Microsoft.Web/sites/host/listkeys/action`.
   */
  start(functionName: string): Promise<boolean>;
}

/** The one function app in a group; null where there is none. */
export async function findPreviewApp(args: {
  connection: ArmConnection;
  groupId: string;
  fetch: typeof fetch;
}): Promise<PreviewApp | null> {
  const arm = previewArm(args.connection);
  const [found] = await listSites(arm, args.groupId);
  if (found === undefined) return null;
  const site = await readSite(arm, found.id);
  const { addressOf } = publicCloud;
  const app = openFunctionApp({ site, arm, addressOf, fetch: args.fetch });
  // An app that starts, or was never deployed to, answers nothing; nor is one asked without a key.
  const ask: typeof app.ask = (...question) => app.ask(...question).catch(() => null);
  return {
    statusUrl: `${app.address}/api/status`,
    isHealthy: async () => {
      const body = (await ask('/api/status'))?.body;
      return z.object({ healthy: z.boolean() }).safeParse(body).data?.healthy ?? null;
    },
    start: async (functionName) => {
      const path = `/admin/functions/${functionName}`;
      return (await ask(path, { method: 'POST', body: '{}' }))?.status === 202;
    },
  };
}
