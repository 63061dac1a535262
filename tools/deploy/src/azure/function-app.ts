import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import type { ReferenceState } from '../check/check-settings.ts';
import type { ArmClient } from './arm-client.ts';
import type { DeployDependencies } from './deploy-dependencies.ts';
import type { FoundApp } from './find-app.ts';

const hostStatusSchema = z.object({
  state: z.string(),
  errors: z.array(z.string()).nullish(),
});

/** What the host says of itself. */
type HostStatus = z.infer<typeof hostStatusSchema>;

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

/** A function app of an environment, as a deployment needs it. */
export interface FunctionApp extends FoundApp {
  /** Needs `Microsoft.Web/sites/config/list/action`. */
  settings(): Promise<Readonly<Record<string, string>>>;
  references(): Promise<readonly ReferenceState[]>;
  /** The names that the platform would fire. */
  functions(): Promise<readonly string[]>;
  syncTriggers(): Promise<void>;
  /** Null while the host does not answer. */
  hostStatus(): Promise<HostStatus | null>;
  /** Null while the function does not answer, or answers something else. */
  status(): Promise<AppStatus | null>;
  /**
   * Why the resource manager could give no key of the host when it was asked last, in its words; null
   * where it could. A host keeps its keys in its storage.
   */
  keysRefused(): string | null;
}

const referencesSchema = z.object({
  value: z.array(
    z.object({
      name: z.string(),
      properties: z.object({
        status: z.string(),
        vaultName: z.string().nullish(),
        secretName: z.string().nullish(),
      }),
    }),
  ),
});

const probeMilliseconds = 60_000;
/** What the resource manager answers for a host that starts, or cannot: 400 `from host runtime`. */
const hostSilent = [400, 404, 409, 500, 502, 503];

/** Joins what the resource manager and the app's own host say of it. */
export function openFunctionApp(args: {
  found: FoundApp;
  arm: ArmClient;
  dependencies: DeployDependencies;
}): FunctionApp {
  const { found, arm, dependencies } = args;
  let masterKey: string | null = null;
  let refusedBecause: string | null = null;
  const ask = async (path: string): Promise<unknown> => {
    try {
      if (masterKey === null) {
        const keys = await readMasterKey(arm, found.id);
        refusedBecause = keys.refusedBecause;
        masterKey = keys.masterKey;
      }
      if (masterKey === null) return null;
      const answer = await dependencies.fetch(
        `${dependencies.endpoints.addressOf(found.host)}${path}`,
        {
          headers: { 'x-functions-key': masterKey, accept: 'application/json' },
          signal: AbortSignal.timeout(probeMilliseconds),
        },
      );
      // Keys can be renewed at any time, and a host that fails may have none to give any more: the
      // next question asks for them anew.
      if (answer.status === 401 || answer.status >= 500) masterKey = null;
      return await answer.json();
    } catch (error) {
      masterKey = null;
      // Without its storage a host has no keys to give; what is wrong is told by other checks.
      if (error instanceof MispricedError && error.code === 'CREDENTIAL_REFUSED') throw error;
      return null;
    }
  };
  return {
    ...found,
    settings: async () => {
      const path = `${found.id}/config/appsettings/list`;
      const { body } = await arm.send({ method: 'POST', path });
      const schema = z.object({ properties: z.record(z.string(), z.string()).nullish() });
      return schema.parse(body).properties ?? {};
    },
    references: async () => {
      const path = `${found.id}/config/configreferences/appsettings`;
      const { body } = await arm.send({ method: 'GET', path });
      return referencesSchema.parse(body).value.map(({ name, properties }) => ({
        name,
        status: properties.status,
        vaultName: properties.vaultName ?? null,
        secretName: properties.secretName ?? null,
      }));
    },
    functions: async () => {
      const path = `${found.id}/functions`;
      const { body, status } = await arm.send({ method: 'GET', path, allow: hostSilent });
      if (status >= 400) return [];
      const { value } = z.object({ value: z.array(z.object({ name: z.string() })) }).parse(body);
      return value.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)).sort();
    },
    syncTriggers: async () => {
      // It fails while the app starts; whoever asked looks at the list of functions and asks again.
      const path = `${found.id}/host/default/sync`;
      await arm.send({ method: 'POST', path, allow: hostSilent });
    },
    hostStatus: async () =>
      hostStatusSchema.safeParse(await ask('/admin/host/status')).data ?? null,
    keysRefused: () => refusedBecause,
    status: async () => appStatusSchema.safeParse(await ask('/api/status')).data ?? null,
  };
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
  const path = `${id}/host/default/listKeys`;
  const { body, status } = await arm.send({ method: 'POST', path, allow: hostSilent });
  if (status < 400) {
    const { masterKey } = z.object({ masterKey: z.string() }).parse(body);
    return { masterKey, refusedBecause: null };
  }
  if (status !== 400) return { masterKey: null, refusedBecause: null };
  const said = refusalSchema.safeParse(body).data;
  const refusedBecause = said?.error?.message ?? said?.Message ?? said?.message ?? 'status 400';
  return { masterKey: null, refusedBecause };
}
