import { z } from 'zod';
import type { ArmClient, ArmRequest } from '../arm/arm-client.ts';
import { createHostProbe, type HostProbe, hostSilent } from './host-probe.ts';
import type { Site } from './read-site.ts';
import { webApiVersion } from './web-api-version.ts';

const settingsSchema = z.object({ properties: z.record(z.string(), z.string()).nullish() });

const referencesSchema = z.object({
  name: z.string(),
  properties: z.object({
    status: z.string(),
    vaultName: z.string().nullish(),
    secretName: z.string().nullish(),
    activeVersion: z.string().nullish(),
  }),
});

const hostStatusSchema = z.object({
  state: z.string(),
  errors: z.array(z.string()).nullish(),
  /** In milliseconds. */
  processUptime: z.number().nullish(),
});

/** What became of a setting that is a Key Vault reference, as Azure tells it. */
export interface ReferenceState {
  /** The app setting. */
  readonly name: string;
  readonly status: string;
  readonly vaultName: string | null;
  readonly secretName: string | null;
  /** Azure does not always say which version it has. */
  readonly activeVersion: string | null;
}

/** What the functions host says of itself. */
export type HostStatus = z.infer<typeof hostStatusSchema>;

/** The functions of an app, as the platform lists them. */
interface ListedFunctions {
  /** In their order; empty where the host gives no list. */
  readonly names: readonly string[];
  /** 400 from a host that cannot start, which only one with code tries to. */
  readonly status: number;
}

/** A function app, as the resource manager and its own host tell of it. */
export interface FunctionApp extends Site, Pick<HostProbe, 'ask' | 'keysRefused'> {
  /** Its own address. */
  readonly address: string;
  /** Needs `Microsoft.Web/sites/config/list/action`, as of Website Contributor. */
  settings(): Promise<Readonly<Record<string, string>>>;
  /** Replaces all settings, which restarts the app. Needs Website Contributor. */
  writeSettings(settings: Readonly<Record<string, string>>): Promise<void>;
  references(): Promise<readonly ReferenceState[]>;
  /** Has Azure fetch every reference anew, which restarts the app. Needs Website Contributor. */
  refreshReferences(): Promise<void>;
  /** Needs Website Contributor. */
  restart(): Promise<void>;
  /** @param allow What counts as a host that gives no list. */
  functions(allow?: readonly number[]): Promise<ListedFunctions>;
  /** Fails while the app starts; whoever asked looks at the list of functions and asks again. */
  syncTriggers(): Promise<void>;
  /** Null while the host does not answer. @throws as `ask` */
  hostStatus(): Promise<HostStatus | null>;
}

/** What a host says of itself, if an answer is that. */
export function hostStatusIn(body: unknown): HostStatus | null {
  return hostStatusSchema.safeParse(body).data ?? null;
}

/** Joins what the resource manager and the app's own host say of it. */
export function openFunctionApp(args: {
  site: Site;
  arm: ArmClient;
  fetch: typeof fetch;
  /** The address of a host that the resource manager names. */
  addressOf: (host: string) => string;
}): FunctionApp {
  const { site, arm } = args;
  const { id } = site;
  const address = args.addressOf(site.host);
  const probe = createHostProbe({ arm, id, address, fetch: args.fetch });
  const send = (
    method: ArmRequest['method'],
    part: string,
    more: Partial<ArmRequest> = {},
  ): ReturnType<ArmClient['send']> =>
    arm.send({ method, path: `${id}${part}`, apiVersion: webApiVersion, ...more });
  return {
    ...site,
    ...probe,
    address,
    settings: async () => {
      const { body } = await send('POST', '/config/appsettings/list');
      return settingsSchema.parse(body).properties ?? {};
    },
    writeSettings: async (properties) => {
      await send('PUT', '/config/appsettings', { body: { properties } });
    },
    references: async () => {
      const listed = await arm.list(`${id}/config/configreferences/appsettings`, webApiVersion);
      return listed.map((each) => {
        const { name, properties } = referencesSchema.parse(each);
        const { status, vaultName = null, secretName = null, activeVersion = null } = properties;
        return { name, status, vaultName, secretName, activeVersion };
      });
    },
    refreshReferences: async () => {
      const apiVersion = '2022-03-01';
      await send('POST', '/config/configreferences/appsettings/refresh', { apiVersion });
    },
    restart: async () => {
      await send('POST', '/restart');
    },
    functions: async (allow = hostSilent) => {
      const { body, status } = await send('GET', '/functions', { allow });
      if (status >= 400) return { names: [], status };
      const { value } = z.object({ value: z.array(z.object({ name: z.string() })) }).parse(body);
      const names = value.map(({ name }) => name.slice(name.lastIndexOf('/') + 1)).sort();
      return { names, status };
    },
    syncTriggers: async () => {
      await send('POST', '/host/default/sync', { allow: hostSilent });
    },
    hostStatus: async () => hostStatusIn((await probe.ask('/admin/host/status'))?.body),
  };
}
