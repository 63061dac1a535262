import type { ArmContext } from '../../arm/engine/arm-context.ts';
import type { Resource } from '../../arm/engine/resource.ts';
import type { DeploymentSites } from '../deployment/deployment-sites.ts';
import type { PackagedSites } from '../deployment/packaged-sites.ts';
import { resourceNames } from '../../identity/resources.ts';
import { type TokenClaims, TokenError } from '../../identity/tokens.ts';

const publishAction = 'Microsoft.Web/sites/publish/action';

/** The site of a name, whichever group it is in: names are unique in a cloud. */
function siteNamed(context: ArmContext, name: string): Resource | undefined {
  return context.resources
    .ofType('Microsoft.Web/sites')
    .find((each) => each.name.toLowerCase() === name.toLowerCase());
}

/** The local cloud's sites for its deployment service, which asks who may deploy to them. */
export function deploymentSites(context: ArmContext, sites: PackagedSites): DeploymentSites {
  return {
    find: (name) => {
      const site = siteNamed(context, name);
      if (site === undefined) return null;
      return { name: site.name, scmUrl: context.addresses.hosted('scm', site.name) };
    },
    authorize: async (name, token) => {
      const site = siteNamed(context, name);
      const claims = await read(context, token);
      if (site === undefined || claims === null) return 401;
      const asked = { objectId: claims.oid, scope: site.id, action: publishAction };
      return context.permissions.allows({ ...asked, kind: 'actions' }) ? null : 403;
    },
    deploy: async (name, zip, log) => {
      const site = siteNamed(context, name);
      if (site === undefined) throw new Error(`There is no site ${name} any more.`);
      await sites.deploy(site.id, zip, log);
    },
  };
}

async function read(context: ArmContext, token: string | undefined): Promise<TokenClaims | null> {
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
