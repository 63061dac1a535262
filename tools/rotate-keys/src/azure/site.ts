import { expectationHeader, formatExpectation, type SecretExpectation } from '@mispriced/config';
import type { ArmClient } from '@mispriced/deploy';
import { z } from 'zod';
import { effect, type RotationWorld } from '../rotation-world.ts';

const siteSchema = z.object({
  id: z.string(),
  name: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
  properties: z.object({
    defaultHostName: z.string(),
    functionAppConfig: z
      .object({ deployment: z.object({ storage: z.object({ value: z.string().nullish() }) }) })
      .nullish(),
  }),
});

const referencesSchema = z.object({
  value: z.array(
    z.object({
      name: z.string(),
      properties: z.object({
        status: z.string(),
        details: z.string().nullish(),
        activeVersion: z.string().nullish(),
      }),
    }),
  ),
});

const hostSchema = z.object({
  state: z.string(),
  errors: z.array(z.string()).nullish(),
  processUptime: z.number().nullish(),
});

const statusSchema = z.object({
  healthy: z.boolean(),
  strategy: z.string().nullish(),
  nextRun: z.string().nullish(),
  health: z.array(z.object({ name: z.string(), healthy: z.boolean(), detail: z.string() })),
  expected: z.object({ key: z.string(), holds: z.boolean(), wrote: z.boolean() }).nullish(),
});

/** What became of one setting that is a reference. */
type ReferenceState = z.infer<typeof referencesSchema>['value'][number];
/** What the functions host says of itself. */
export type HostState = z.infer<typeof hostSchema>;
/** What the strategy's function `status` says. */
export type AppStatus = z.infer<typeof statusSchema>;

/** A function app as it was listed. */
export interface ListedSite {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly tags: Readonly<Record<string, string>>;
  /** The container that its code comes from, as a URL. */
  readonly deploymentUrl: string | null;
}

/** A function app, as far as keys concern it. */
export interface Site extends ListedSite {
  /** Needs `Microsoft.Web/sites/config/list/action`, as of Website Contributor. */
  settings(): Promise<Readonly<Record<string, string>>>;
  /** Replaces all settings, which restarts the app. */
  writeSettings(settings: Readonly<Record<string, string>>, why: string): Promise<void>;
  references(): Promise<readonly ReferenceState[]>;
  /** Has Azure fetch every reference anew, which restarts the app. */
  refreshReferences(): Promise<void>;
  restart(): Promise<void>;
  /** Null while the host does not answer. */
  hostState(): Promise<HostState | null>;
  /** Null while the function does not answer, or the app has none. */
  status(expectation?: SecretExpectation): Promise<AppStatus | null>;
}

const probeMilliseconds = 60_000;

/** Lists the function apps of a resource group. Needs Reader on it. */
export async function listSites(arm: ArmClient, groupId: string): Promise<readonly ListedSite[]> {
  const path = `${groupId}/providers/Microsoft.Web/sites`;
  const { body } = await arm.send({ method: 'GET', path });
  return z
    .object({ value: z.array(siteSchema) })
    .parse(body)
    .value.map(({ id, name, tags, properties }) => ({
      ...{ id, name, tags: tags ?? {}, host: properties.defaultHostName },
      deploymentUrl: properties.functionAppConfig?.deployment.storage.value ?? null,
    }));
}

/** Joins what the resource manager and the app's own host say of it. */
export function openSite(listed: ListedSite, arm: ArmClient, world: RotationWorld): Site {
  const { id, name, host } = listed;
  let masterKey: string | null = null;
  const ask = async (path: string, headers: Record<string, string> = {}): Promise<unknown> => {
    try {
      masterKey ??= await readMasterKey(arm, id);
      const answer = await world.fetch(`${world.endpoints.addressOf(host)}${path}`, {
        headers: { 'x-functions-key': masterKey, accept: 'application/json', ...headers },
        signal: AbortSignal.timeout(probeMilliseconds),
      });
      if (answer.status === 401) masterKey = null;
      return await answer.json();
    } catch {
      return null;
    }
  };
  const send = async (what: string, request: Parameters<ArmClient['send']>[0]): Promise<void> => {
    await effect(world, `${what} ${name}`, () => arm.send(request));
  };
  return {
    ...listed,
    settings: async () => {
      const path = `${id}/config/appsettings/list`;
      const { body } = await arm.send({ method: 'POST', path });
      const schema = z.object({ properties: z.record(z.string(), z.string()).nullish() });
      return schema.parse(body).properties ?? {};
    },
    writeSettings: (settings, why) =>
      send(`write ${why} of`, {
        method: 'PUT',
        path: `${id}/config/appsettings`,
        body: { properties: settings },
      }),
    references: async () => {
      const path = `${id}/config/configreferences/appsettings`;
      return referencesSchema.parse((await arm.send({ method: 'GET', path })).body).value;
    },
    refreshReferences: () =>
      send('refresh', {
        method: 'POST',
        path: `${id}/config/configreferences/appsettings/refresh`,
        apiVersion: '2022-03-01',
      }),
    restart: () => send('restart', { method: 'POST', path: `${id}/restart` }),
    hostState: async () => hostSchema.safeParse(await ask('/admin/host/status')).data ?? null,
    status: async (expectation) => {
      const headers = expectation && { [expectationHeader]: formatExpectation(expectation) };
      return statusSchema.safeParse(await ask('/api/status', headers)).data ?? null;
    },
  };
}

async function readMasterKey(arm: ArmClient, id: string): Promise<string> {
  const { body } = await arm.send({ method: 'POST', path: `${id}/host/default/listKeys` });
  return z.object({ masterKey: z.string() }).parse(body).masterKey;
}
