import type { Resource } from '../engine/resource.ts';
import { groupOf } from '../engine/resource-id.ts';
import { resolvedSettings } from './config-references.ts';
import { identitiesOf } from './site-identities.ts';
import { functionAppConfigSchema, siteFactsSchema } from './site-schema.ts';
import type { RunnableSite } from './site-runtime.ts';
import type { WebContext } from './web-context.ts';

/** A site with its settings resolved, ready to be run. */
export function runnableSite(context: WebContext, resource: Resource): RunnableSite {
  const facts = siteFactsSchema.parse(resource.facts);
  const given = resource.body.properties?.['functionAppConfig'];
  const config =
    given === undefined || given === null ? null : functionAppConfigSchema.parse(given);
  return {
    id: resource.id,
    name: resource.name,
    runtime: config?.runtime ?? null,
    deploymentContainerUrl: config?.deployment.storage.value ?? null,
    environment: { ...platformSettings(context, resource), ...resolvedSettings(context, resource) },
    keys: {
      masterKey: facts.masterKey,
      functionKeys: { default: facts.functionKey },
      systemKeys: {},
    },
    enabled: resource.body.properties?.['enabled'] !== false,
  };
}

/** What Azure adds to an app's settings, and what makes Azure's SDKs reach the local cloud. */
function platformSettings(context: WebContext, resource: Resource): Record<string, string> {
  return {
    WEBSITE_SITE_NAME: resource.name,
    WEBSITE_HOSTNAME: new URL(context.addresses.hosted('azurewebsites', resource.name)).host,
    WEBSITE_RESOURCE_GROUP: groupOf(resource.id) ?? '',
    WEBSITE_OWNER_NAME: `${context.subscriptionId}+${groupOf(resource.id) ?? ''}`,
    IDENTITY_ENDPOINT: context.addresses.identityEndpoint,
    IDENTITY_HEADER: context.managedIdentities.headerFor(resource.id.toLowerCase(), () =>
      identitiesOf(context, resource.id),
    ),
    AZURE_AUTHORITY_HOST: context.addresses.origin,
    AZURE_TENANT_ID: context.directory.tenantId,
    ...context.clientEnvironment,
  };
}
