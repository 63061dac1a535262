import type { ArmConnection } from '@mispriced/local-cloud/provider';
import { z } from 'zod';
import { listAll, post } from './azure-api.ts';

const sitesVersion = '2025-05-01';
const probeMilliseconds = 60_000;

const site = z.object({
  id: z.string(),
  properties: z.object({ defaultHostName: z.string() }),
});

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
  const { connection, groupId } = args;
  const [found] = await listAll({
    connection,
    path: `${groupId}/providers/Microsoft.Web/sites`,
    apiVersion: sitesVersion,
    schema: site,
  });
  if (found === undefined) return null;
  const address = `https://${found.properties.defaultHostName}`;
  const ask = async (path: string, options: RequestInit = {}): Promise<Response | null> => {
    try {
      const keys = await post(connection, `${found.id}/host/default/listKeys`, sitesVersion);
      const { masterKey } = z.object({ masterKey: z.string() }).parse(keys);
      return await args.fetch(`${address}${path}`, {
        ...options,
        headers: { 'x-functions-key': masterKey, 'content-type': 'application/json' },
        signal: AbortSignal.timeout(probeMilliseconds),
      });
    } catch {
      // An app that starts, or was never deployed to, answers nothing, nor has it keys.
      return null;
    }
  };
  return {
    statusUrl: `${address}/api/status`,
    isHealthy: async () => {
      const answer = await ask('/api/status');
      const body: unknown = await answer?.json().catch(() => null);
      return z.object({ healthy: z.boolean() }).safeParse(body).data?.healthy ?? null;
    },
    start: async (functionName) => {
      const answer = await ask(`/admin/functions/${functionName}`, { method: 'POST', body: '{}' });
      await answer?.body?.cancel();
      return answer?.status === 202;
    },
  };
}
