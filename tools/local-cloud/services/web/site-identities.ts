import type { AppIdentities } from '../identity/managed-identities.ts';
import type { Resource } from '../engine/resource.ts';
import { siteFactsSchema } from './site-schema.ts';
import type { WebContext } from './web-context.ts';

/** The object ids of the identities a site has now. */
export function identitiesOf(context: WebContext, siteId: string): AppIdentities {
  const site = context.resources.find(siteId);
  if (site === undefined) return { systemAssigned: null, userAssigned: [] };
  return {
    systemAssigned: siteFactsSchema.parse(site.facts).systemPrincipalId,
    userAssigned: assignedIds(site).flatMap((id) => principalOf(context, id) ?? []),
  };
}

/** The object id of a user-assigned identity, by its resource id. */
export function principalOf(context: WebContext, identityId: string): string | undefined {
  const principalId = context.resources.find(identityId)?.facts['principalId'];
  return typeof principalId === 'string' ? principalId : undefined;
}

/** The resource ids of the identities a site was given. */
export function assignedIds(site: Resource): readonly string[] {
  const identity = site.body['identity'] as
    { userAssignedIdentities?: Record<string, unknown> | null } | undefined;
  return Object.keys(identity?.userAssignedIdentities ?? {});
}
