import { MispricedError } from '@mispriced/core';
import { z } from 'zod';
import type { ArmClient } from './arm-client.ts';

const listedSchema = z.object({
  id: z.string(),
  name: z.string(),
  tags: z.record(z.string(), z.string()).nullish(),
});

const siteSchema = z.object({
  kind: z.string().default(''),
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
      .default([]),
    functionAppConfig: z
      .object({
        runtime: z.object({ name: z.string(), version: z.string() }).nullish(),
        deployment: z.object({ storage: z.object({ value: z.string() }).nullish() }).nullish(),
      })
      .nullish(),
  }),
});

/** A managed identity that an app has. */
export interface AppIdentity {
  readonly kind: 'system' | 'user';
  readonly principalId: string;
  /** By which settings name it; null for the app's own. */
  readonly clientId: string | null;
}

/** A function app as it was found. */
export interface FoundApp {
  /** Its resource id. */
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly host: string;
  /** The host of its deployment service. */
  readonly scmHost: string;
  readonly runtimeName: string | null;
  readonly runtimeVersion: string | null;
  /** The container, as a URL, in which the platform keeps the package that runs. */
  readonly deploymentContainerUrl: string | null;
  readonly identities: readonly AppIdentity[];
}

/**
 * Finds the function app of a stack by the tags that `pulumi up` gives to everything, or by name.
 * Needs the role Reader on the subscription or the resource group.
 *
 * @throws MispricedError `ENVIRONMENT_MISSING` where there is none or more than one.
 */
export async function findApp(args: {
  arm: ArmClient;
  subscriptionId: string;
  stack: string;
  appName?: string;
  resourceGroup?: string;
}): Promise<FoundApp> {
  const { arm, stack, appName, resourceGroup } = args;
  const group = resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`;
  const path = `/subscriptions/${args.subscriptionId}${group}/providers/Microsoft.Web/sites`;
  const { body } = await arm.send({ method: 'GET', path });
  const sites = z.object({ value: z.array(listedSchema) }).parse(body).value;
  const found = sites.filter((site) =>
    appName === undefined
      ? site.tags?.['project'] === 'mispriced' && site.tags['stack'] === stack
      : site.name.toLowerCase() === appName.toLowerCase(),
  );
  const [site] = found;
  if (site === undefined || found.length > 1) throw notOne(found, { ...args, stack });
  // A list of sites leaves out what Azure calls expensive.
  const whole = siteSchema.parse((await arm.send({ method: 'GET', path: site.id })).body);
  const { defaultHostName, hostNameSslStates, functionAppConfig } = whole.properties;
  const repository = hostNameSslStates.find(({ hostType }) => hostType === 'Repository');
  return {
    id: site.id,
    name: site.name,
    kind: whole.kind,
    host: defaultHostName,
    scmHost: repository?.name ?? defaultHostName.replace('.', '.scm.'),
    runtimeName: functionAppConfig?.runtime?.name ?? null,
    runtimeVersion: functionAppConfig?.runtime?.version ?? null,
    deploymentContainerUrl: functionAppConfig?.deployment?.storage?.value ?? null,
    identities: identitiesOf(whole),
  };
}

function identitiesOf({ identity }: z.infer<typeof siteSchema>): readonly AppIdentity[] {
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

function notOne(
  found: readonly { readonly name: string }[],
  wanted: { readonly stack: string; readonly appName?: string },
): MispricedError {
  const { stack, appName } = wanted;
  const what = appName === undefined ? `tagged as the stack ${stack}` : `named ${appName}`;
  return new MispricedError({
    code: 'ENVIRONMENT_MISSING',
    message:
      found.length === 0
        ? `There is no function app ${what} that this sign-in can see.`
        : `More than one function app is ${what}: ${found.map(({ name }) => name).join(', ')}.`,
    fix:
      found.length === 0
        ? `Bring the environment up: \`npx mispriced up --stack ${stack}\`; check the subscription with \`az account show\`.`
        : 'Name one with --app and --resource-group.',
  });
}
