import { MispricedError } from '@mispriced/core';
import type { ArmClient } from '../arm/arm-client.ts';
import { listSites, readSite, type Site } from './read-site.ts';

/**
 * Finds the function app of a stack by the tags that `pulumi up` gives to everything, or by name.
 * Needs the role Reader on the subscription or the resource group.
 *
 * @throws MispricedError `ENVIRONMENT_MISSING` where there is none or more than one.
 */
export async function findSite(args: {
  arm: ArmClient;
  subscriptionId: string;
  stack: string;
  appName?: string;
  resourceGroup?: string;
}): Promise<Site> {
  const { arm, stack, appName, resourceGroup } = args;
  const group = resourceGroup === undefined ? '' : `/resourceGroups/${resourceGroup}`;
  const sites = await listSites(arm, `/subscriptions/${args.subscriptionId}${group}`);
  const found = sites.filter((site) =>
    appName === undefined
      ? site.tags['project'] === 'mispriced' && site.tags['stack'] === stack
      : site.name.toLowerCase() === appName.toLowerCase(),
  );
  const [site] = found;
  if (site === undefined || found.length > 1) throw notOne(found, { ...args, stack });
  return readSite(arm, site.id);
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
