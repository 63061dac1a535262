import { findSite } from '../find-site.ts';
import type { DeploymentSites } from './deployment-sites.ts';
import type { PackagedSites } from '../hosting/packaged-sites.ts';
import { resourceNames } from '../../identity/resources.ts';
import { type TokenClaims, TokenError } from '../../identity/tokens.ts';
import type { WebContext } from '../web-context.ts';

const publishAction = 'Microsoft.Web/sites/publish/action';

/** The local cloud's sites for its deployment service, which asks who may deploy to them. */
export function deploymentSites(context: WebContext, sites: PackagedSites): DeploymentSites {
  return {
    find: (name) => {
      const site = findSite(context.resources, name);
      if (site === undefined) return null;
      return { name: site.name, scmUrl: context.addresses.hosted('scm', site.name) };
    },
    authorize: async (name, token) => {
      const site = findSite(context.resources, name);
      const claims = await read(context, token);
      if (site === undefined || claims === null) return 401;
      const asked = { objectId: claims.oid, scope: site.id, action: publishAction };
      return context.permissions.allows({ ...asked, kind: 'actions' }) ? null : 403;
    },
    deploy: async (name, zip, log) => {
      const site = findSite(context.resources, name);
      if (site === undefined) throw new Error(`There is no site ${name} any more.`);
      await sites.deploy(site.id, zip, log);
    },
  };
}

async function read(context: WebContext, token: string | undefined): Promise<TokenClaims | null> {
  try {
    const names = resourceNames(context.addresses);
    // `az` asks for the App Service's own, every other client for the resource manager's.
    const audiences = [...names['resource-manager'], ...names['app-service']];
    return await context.tokens.check(token ?? '', audiences);
  } catch (error) {
    if (error instanceof TokenError) return null;
    throw error;
  }
}
