import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import type { ArmClient } from '../arm/arm-client.ts';
import { ArmError } from '../arm/arm-error.ts';
import { webApiVersion } from './web-api-version.ts';

/** What a host answered; null in place of a body that is no JSON. */
export interface HostAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What asks a function app's own host. */
export interface HostProbe {
  /**
   * Null where nothing came that the host, or the platform in its place, had to say: who takes that for
   * an app that is down would be mistaken.
   *
   * @throws what the client of the resource manager throws where the sign-in may not read the key.
   */
  ask(path: string, options?: HostQuestion): Promise<HostAnswer | null>;
  /**
   * Why the resource manager could give no key of the host when it was asked last, in its words; null
   * where it could. A host keeps its keys in its storage.
   */
  keysRefused(): string | null;
}

/** What is asked; a GET without headers of its own unless given. */
interface HostQuestion {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const probeMilliseconds = 60_000;
/** What the resource manager answers for a host that starts, or cannot: 400 `from host runtime`. */
export const hostSilent = [400, 404, 409, 500, 502, 503] as const;

/**
 * Makes what asks an app's host, with the host's own key. Needs
 * `Microsoft.Web/sites/host/listkeys/action`.
 */
export function createHostProbe(args: {
  arm: ArmClient;
  id: string;
  /** The address of the app's host. */
  address: string;
  fetch: typeof fetch;
}): HostProbe {
  let masterKey: string | null = null;
  let refusedBecause: string | null = null;
  return {
    ask: async (path, { method = 'GET', headers = {}, body } = {}) => {
      try {
        if (masterKey === null) {
          const keys = await readMasterKey(args.arm, args.id);
          ({ masterKey, refusedBecause } = keys);
        }
        const answer = await args.fetch(`${args.address}${path}`, {
          method,
          headers: {
            ...(masterKey !== null && { 'x-functions-key': masterKey }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
            accept: 'application/json',
            ...headers,
          },
          ...(body !== undefined && { body }),
          signal: AbortSignal.timeout(probeMilliseconds),
        });
        // Keys can be renewed at any time, and a host that fails may have none to give any more: the
        // next question asks for them anew.
        if (answer.status === 401 || answer.status >= 500) masterKey = null;
        const said: unknown = await answer.json().catch(() => null);
        return { status: answer.status, body: said };
      } catch (error) {
        masterKey = null;
        if (isRefusal(error)) throw error;
        return null;
      }
    },
    keysRefused: () => refusedBecause,
  };
}

function isRefusal(error: unknown): boolean {
  if (error instanceof ArmError) return error.isRefusal;
  return error instanceof MispricedError && error.code === 'CREDENTIAL_REFUSED';
}

const refusalSchema = z.object({
  message: z.string().optional(),
  Message: z.string().optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** A host that starts has no key to give, nor has one whose storage does not let it in. */
async function readMasterKey(
  arm: ArmClient,
  id: string,
): Promise<{ readonly masterKey: string | null; readonly refusedBecause: string | null }> {
  const { body, status } = await arm.send({
    method: 'POST',
    path: `${id}/host/default/listKeys`,
    apiVersion: webApiVersion,
    allow: hostSilent,
  });
  if (status < 400) {
    const { masterKey } = z.object({ masterKey: z.string() }).parse(body);
    return { masterKey, refusedBecause: null };
  }
  if (status !== 400) return { masterKey: null, refusedBecause: null };
  const said = refusalSchema.safeParse(body).data;
  const refusedBecause = said?.error?.message ?? said?.Message ?? said?.message ?? 'status 400';
  return { masterKey: null, refusedBecause };
}
