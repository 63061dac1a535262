import type { ArmClient } from '@mispriced/deploy';
import { z } from 'zod';
import type { RotationDependencies } from '../rotation-dependencies.ts';

/** What a host answered; null in place of a body that is no JSON. */
export interface HostAnswer {
  readonly status: number;
  readonly body: unknown;
}

const probeMilliseconds = 60_000;

/**
 * Makes what asks a function app's own host. It gives null where nothing came that the host, or the
 * platform in its place, had to say: who takes that for an app that is down would be mistaken.
 */
export function createHostProbe(args: {
  site: { readonly id: string; readonly host: string };
  arm: ArmClient;
  dependencies: RotationDependencies;
}): (path: string, headers?: Record<string, string>) => Promise<HostAnswer | null> {
  const { site, arm, dependencies } = args;
  let masterKey: string | null = null;
  return async (path, headers = {}) => {
    try {
      masterKey ??= await readMasterKey(arm, site.id);
      const answer = await dependencies.fetch(
        `${dependencies.endpoints.addressOf(site.host)}${path}`,
        {
          headers: {
            ...(masterKey !== null && { 'x-functions-key': masterKey }),
            accept: 'application/json',
            ...headers,
          },
          signal: AbortSignal.timeout(probeMilliseconds),
        },
      );
      // Keys can be renewed at any time: the next question asks for them anew.
      if (answer.status === 401) masterKey = null;
      const body: unknown = await answer.json().catch(() => null);
      return { status: answer.status, body };
    } catch {
      return null;
    }
  };
}

/** What the resource manager answers for a host that starts, or cannot. */
const hostSilent = [400, 404, 409, 500, 502, 503];

/** Null where a host cannot start and so has none to give: what it answers without one tells that. */
async function readMasterKey(arm: ArmClient, id: string): Promise<string | null> {
  const path = `${id}/host/default/listKeys`;
  const { status, body } = await arm.send({ method: 'POST', path, allow: hostSilent });
  return status >= 400 ? null : z.object({ masterKey: z.string() }).parse(body).masterKey;
}
