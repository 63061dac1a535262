import { withoutSlash } from '../../identity/tokens.ts';
import { assignedIds, identitiesOf, principalOf } from '../site-identities.ts';
import { sameId } from '../../engine/resource-id.ts';
import type { RunnableSite } from '../site-runtime.ts';
import type { WebContext } from '../web-context.ts';

/** Which of a site's identities is meant. */
export type SiteIdentity =
  | { readonly kind: 'system' }
  | { readonly kind: 'client'; readonly clientId: string }
  | { readonly kind: 'resource'; readonly resourceId: string };

/** A credential as Azure's clients take one. */
export interface SiteCredential {
  getToken(
    scopes: string | readonly string[],
  ): Promise<{ readonly token: string; readonly expiresOnTimestamp: number }>;
}

/**
 * The sign-in of a site's own identity, for what the platform does in its name. Whether the site
 * still has it is looked up at every token.
 */
export function siteCredential(
  context: WebContext,
  site: Pick<RunnableSite, 'id' | 'name'>,
  identity: SiteIdentity,
): SiteCredential {
  return {
    getToken: async (scopes) => {
      const objectId = objectIdOf(context, site.id, identity);
      const principal = objectId === undefined ? undefined : context.directory.find(objectId);
      if (principal === undefined) {
        throw new Error(`The site ${site.name} has no such managed identity.`);
      }
      const scope = typeof scopes === 'string' ? scopes : (scopes[0] ?? '');
      const audience = withoutSlash(scope.replace(/\.default$/, ''));
      const { token, expiresAt } = await context.tokens.issue(principal, audience);
      return { token, expiresOnTimestamp: expiresAt.getTime() };
    },
  };
}

function objectIdOf(
  context: WebContext,
  siteId: string,
  identity: SiteIdentity,
): string | undefined {
  const { systemAssigned, userAssigned } = identitiesOf(context, siteId);
  if (identity.kind === 'system') return systemAssigned ?? undefined;
  if (identity.kind === 'client') {
    const found = context.directory.findByAppId(identity.clientId)?.objectId;
    return userAssigned.find((each) => each === found);
  }
  const site = context.resources.find(siteId);
  const isAssigned =
    site !== undefined && assignedIds(site).some((id) => sameId(id, identity.resourceId));
  return isAssigned ? principalOf(context, identity.resourceId) : undefined;
}
