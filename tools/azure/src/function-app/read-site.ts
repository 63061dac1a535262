import { z } from 'zod';
import type { ArmClient } from '../arm/arm-client.ts';
import { webApiVersion } from './web-api-version.ts';

const tagsSchema = z.record(z.string(), z.string()).nullish();
const listedSchema = z.object({ id: z.string(), name: z.string(), tags: tagsSchema });

const siteSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string().default(''),
  tags: tagsSchema,
  identity: z
    .object({
      principalId: z.string().nullish(),
      userAssignedIdentities: z
        .record(z.string(), z.object({ principalId: z.string(), clientId: z.string() }))
        .nullish(),
    })
    .nullish(),
  properties: z.object({
    defaultHostName: z.string(),
    hostNameSslStates: z
      .array(z.object({ name: z.string(), hostType: z.string().nullish() }))
      .nullish(),
    functionAppConfig: z
      .object({
        runtime: z.object({ name: z.string(), version: z.string() }).nullish(),
        deployment: z
          .object({ storage: z.object({ value: z.string().nullish() }).nullish() })
          .nullish(),
      })
      .nullish(),
  }),
});

/** A managed identity that an app has. */
export interface SiteIdentity {
  readonly kind: 'system' | 'user';
  readonly principalId: string;
  /** By which settings name it, in lower case; null for the app's own. */
  readonly clientId: string | null;
}

/** What a list tells of a function app. */
export interface ListedSite {
  /** Its resource id. */
  readonly id: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A function app as the resource manager describes it. */
export interface Site extends ListedSite {
  readonly kind: string;
  readonly host: string;
  /** The host of its deployment service. */
  readonly scmHost: string;
  readonly runtimeName: string | null;
  readonly runtimeVersion: string | null;
  /** The container, as a URL, in which the platform keeps the package that runs. */
  readonly deploymentContainerUrl: string | null;
  readonly identities: readonly SiteIdentity[];
}

/**
 * Lists the function apps of a group or a subscription. A list leaves out what Azure calls expensive:
 * whatever else is asked of an app is read from the app itself. Needs Reader.
 *
 * @param scope The id of the group or the subscription.
 */
export async function listSites(arm: ArmClient, scope: string): Promise<readonly ListedSite[]> {
  const sites = await arm.list(`${scope}/providers/Microsoft.Web/sites`, webApiVersion);
  return sites.map((each) => {
    const { id, name, tags } = listedSchema.parse(each);
    return { id, name, tags: tags ?? {} };
  });
}

/** Reads an app itself. Needs Reader on it. */
export async function readSite(arm: ArmClient, id: string): Promise<Site> {
  const { body } = await arm.send({ method: 'GET', path: id, apiVersion: webApiVersion });
  const { name, kind, tags, identity, properties } = siteSchema.parse(body);
  const { defaultHostName, hostNameSslStates, functionAppConfig } = properties;
  const repository = hostNameSslStates?.find(({ hostType }) => hostType === 'Repository');
  return {
    id,
    name,
    kind,
    tags: tags ?? {},
    host: defaultHostName,
    scmHost: repository?.name ?? defaultHostName.replace('.', '.scm.'),
    runtimeName: functionAppConfig?.runtime?.name ?? null,
    runtimeVersion: functionAppConfig?.runtime?.version ?? null,
    deploymentContainerUrl: functionAppConfig?.deployment?.storage?.value ?? null,
    identities: identitiesOf(identity),
  };
}

function identitiesOf(identity: z.infer<typeof siteSchema>['identity']): readonly SiteIdentity[] {
  const own = identity?.principalId ?? null;
  return [
    ...(own === null ? [] : [{ kind: 'system' as const, principalId: own, clientId: null }]),
    ...Object.values(identity?.userAssignedIdentities ?? {}).map(({ principalId, clientId }) => ({
      kind: 'user' as const,
      principalId,
      clientId: clientId.toLowerCase(),
    })),
  ];
}
