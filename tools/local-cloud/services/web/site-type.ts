import { randomBytes, randomUUID } from 'node:crypto';
import { answer } from '@mispriced/loopback-server';
import type { Resource } from '../engine/resource.ts';
import { groupOf } from '../engine/resource-id.ts';
import type { ResourceAction } from '../engine/resource-type.ts';
import { checkHostRuntime } from './host-runtime.ts';
import { webApiVersions } from './plan-type.ts';
import { takeInlineSettings, withoutInlineSettings } from './inline-settings.ts';
import { runnableSite } from './runnable-site.ts';
import { checkSite, isFlex, planOf } from './site-checks.ts';
import { type SiteFacts, siteFactsSchema, siteSchema } from './site-schema.ts';
import { defineWebType, type WebContext } from './web-context.ts';

const enable =
  (enabled: boolean): ResourceAction<WebContext> =>
  async ({ context, resource }) => {
    const properties = { ...resource.body.properties, enabled };
    const changed: Resource = { ...resource, body: { ...resource.body, properties } };
    context.resources.put(changed);
    await context.sites.changed(runnableSite(context, changed));
    return answer(200);
  };

/** A function app, as the resource manager sees it. */
export const site = defineWebType({
  type: 'Microsoft.Web/sites',
  apiVersions: webApiVersions,
  name: {
    pattern: /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,58}[a-zA-Z0-9])?$/,
    code: 'BadRequest',
    message: (name) =>
      `The site name '${name}' is not valid: 1 to 60 letters, digits and hyphens, not beginning ` +
      'or ending with a hyphen.',
  },
  locationStyle: 'displayed',
  put: 'location',
  body: siteSchema,
  readOnly: [
    ...['availabilityState', 'defaultHostName', 'enabledHostNames', 'hostNames'],
    ...['inProgressOperationId', 'isDefaultContainer', 'lastModifiedTimeUtc', 'maxNumberOfWorkers'],
    ...[
      'outboundIpAddresses',
      'possibleOutboundIpAddresses',
      'repositorySiteName',
      'resourceGroup',
    ],
    ...['sku', 'slotSwapStatus', 'state', 'suspendedTill', 'targetSwapSlot', 'usageState'],
  ].map((name) => `properties.${name}`),
  prepare: ({ context, id, name, body, existing }) => {
    checkSite({ context, id, name, body });
    const hasSystemIdentity = body.identity?.type.startsWith('SystemAssigned') === true;
    const before = existing === undefined ? null : siteFactsSchema.parse(existing.facts);
    const facts: SiteFacts = {
      systemPrincipalId: hasSystemIdentity ? (before?.systemPrincipalId ?? randomUUID()) : null,
      masterKey: before?.masterKey ?? randomBytes(40).toString('base64url'),
      functionKey: before?.functionKey ?? randomBytes(40).toString('base64url'),
    };
    const { siteConfig } = body.properties;
    const properties = {
      enabled: true,
      httpsOnly: false,
      ...body.properties,
      ...(siteConfig && { siteConfig: withoutInlineSettings(siteConfig) }),
    };
    return { facts, body: { kind: 'functionapp,linux', ...body, properties } };
  },
  afterPut: async ({ context, resource, given }) => {
    keepSystemIdentity(context, resource);
    takeInlineSettings({ context, site: resource, config: given.properties.siteConfig });
    context.referenceCache.forget(resource.id);
    await context.sites.changed(runnableSite(context, resource));
  },
  afterDelete: async ({ context, resource }) => {
    const { systemPrincipalId } = siteFactsSchema.parse(resource.facts);
    if (systemPrincipalId !== null) context.directory.remove(systemPrincipalId);
    context.managedIdentities.revoke(resource.id.toLowerCase());
    context.referenceCache.forget(resource.id);
    await context.sites.stopped(resource.id);
  },
  present: ({ context, resource }) => presentSite(context, resource),
  actions: {
    restart: async ({ context, resource }) => {
      await context.sites.changed(runnableSite(context, resource));
      return answer(200);
    },
    start: enable(true),
    stop: enable(false),
    syncfunctiontriggers: async ({ context, resource }) => {
      await checkHostRuntime(context, resource.id);
      return answer(204);
    },
  },
});

function presentSite(
  context: WebContext,
  resource: Resource,
): { fields: Record<string, unknown>; properties: Record<string, unknown> } {
  const host = new URL(context.addresses.hosted('azurewebsites', resource.name)).host;
  const scmHost = new URL(context.addresses.hosted('scm', resource.name)).host;
  const plan = planOf(context, String(resource.body.properties?.['serverFarmId']));
  const sku = (plan.body['sku'] as { tier?: string } | undefined)?.tier;
  return {
    fields: { identity: presentIdentity(context, resource) },
    properties: {
      state: resource.body.properties?.['enabled'] === false ? 'Stopped' : 'Running',
      availabilityState: 'Normal',
      usageState: 'Normal',
      defaultHostName: host,
      hostNames: [host],
      enabledHostNames: [host, scmHost],
      hostNameSslStates: [
        { name: host, sslState: 'Disabled', hostType: 'Standard' },
        { name: scmHost, sslState: 'Disabled', hostType: 'Repository' },
      ],
      repositorySiteName: resource.name,
      resourceGroup: groupOf(resource.id),
      lastModifiedTimeUtc: resource.changedAt,
      reserved: true,
      sku,
      ...(!isFlex(plan) && { siteConfig: resource.body.properties?.['siteConfig'] ?? null }),
    },
  };
}

function presentIdentity(context: WebContext, resource: Resource): unknown {
  const identity = resource.body['identity'] as
    { type: string; userAssignedIdentities?: Record<string, unknown> | null } | undefined;
  if (identity === undefined) return undefined;
  const { systemPrincipalId } = siteFactsSchema.parse(resource.facts);
  const assigned = Object.keys(identity.userAssignedIdentities ?? {}).map(
    (id) => [id, context.resources.find(id)?.facts ?? {}] as const,
  );
  return {
    type: identity.type,
    ...(systemPrincipalId !== null && {
      principalId: systemPrincipalId,
      tenantId: context.directory.tenantId,
    }),
    ...(assigned.length > 0 && { userAssignedIdentities: Object.fromEntries(assigned) }),
  };
}

function keepSystemIdentity(context: WebContext, resource: Resource): void {
  const { systemPrincipalId } = siteFactsSchema.parse(resource.facts);
  if (systemPrincipalId === null || context.directory.find(systemPrincipalId) !== undefined) return;
  context.directory.add({
    objectId: systemPrincipalId,
    appId: randomUUID(),
    kind: 'managedIdentity',
    displayName: resource.name,
    resourceId: resource.id,
    memberOf: [],
    secrets: [],
  });
}
