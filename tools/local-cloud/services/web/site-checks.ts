import type { Resource } from '../engine/resource.ts';
import { sameId } from '../engine/resource-id.ts';
import {
  appSettingsRefusedOnFlex,
  siteConfigRefusedOnFlex,
  sitePropertiesRefusedOnFlex,
} from './flex-rules.ts';
import type { SiteBody, SiteConfig } from './site-schema.ts';
import { refusedOnFlex, webError } from './web-error.ts';
import type { WebContext } from './web-context.ts';

/**
 * What cannot be of a site beyond its shape: a plan or identity that is not there, a name that is
 * taken, what its plan does not have.
 *
 * @throws HttpError
 */
export function checkSite(args: {
  context: WebContext;
  id: string;
  name: string;
  body: SiteBody;
}): void {
  const { context, body } = args;
  const taken = context.resources
    .ofType('Microsoft.Web/sites')
    .find(
      (each) => each.name.toLowerCase() === args.name.toLowerCase() && !sameId(each.id, args.id),
    );
  if (taken !== undefined) {
    throw webError({
      status: 409,
      code: 'Conflict',
      message: `Website with given name ${args.name} already exists.`,
    });
  }
  const plan = planOf(context, body.properties.serverFarmId);
  checkIdentities(context, body);
  if (isFlex(plan)) {
    refuseSecondSite(context, plan, args.id);
    checkFlex(body);
  } else if ((body.properties.functionAppConfig ?? null) !== null) {
    throw badSite('FunctionAppConfig is only supported for Flex Consumption sites.');
  }
}

/** The plan a site is on. @throws HttpError 404 where there is none of that id. */
export function planOf(context: WebContext, serverFarmId: string | undefined): Resource {
  const plan = serverFarmId === undefined ? undefined : context.resources.find(serverFarmId);
  if (plan !== undefined) return plan;
  throw webError({
    status: 404,
    code: 'NotFound',
    message: `Cannot find ServerFarm with name ${serverFarmId?.split('/').at(-1) ?? '(none given)'}.`,
  });
}

/** Whether a plan is of the Flex Consumption tier. */
export function isFlex(plan: Resource): boolean {
  return (plan.body['sku'] as { name?: string } | undefined)?.name === 'FC1';
}

/** @throws HttpError 51021 naming every property or app setting that Flex Consumption refuses. */
export function checkFlexSiteConfig(config: SiteConfig): void {
  const refused = siteConfigRefusedOnFlex
    .filter((name) => config[name] !== undefined && config[name] !== null)
    .map((name) => `Site.SiteConfig.${name.charAt(0).toUpperCase()}${name.slice(1)}`);
  if (refused.length > 0) throw refusedOnFlex('site configuration property', refused);
  checkFlexAppSettings((config.appSettings ?? []).map(({ name }) => name));
}

/** @throws HttpError 51021 naming every app setting that is the platform's on Flex Consumption. */
export function checkFlexAppSettings(names: readonly string[]): void {
  const refused = names.filter((name) =>
    appSettingsRefusedOnFlex.some((each) => each === name.toUpperCase()),
  );
  if (refused.length === 0) return;
  throw refusedOnFlex(
    'app setting',
    refused.map((name) => `Site.SiteConfig.AppSettings.${name}`),
  );
}

function refuseSecondSite(context: WebContext, plan: Resource, siteId: string): void {
  const other = context.resources
    .ofType('Microsoft.Web/sites')
    .filter((each) => !sameId(each.id, siteId))
    .find((each) => sameId(String(each.body.properties?.['serverFarmId']), plan.id));
  if (other === undefined) return;
  throw webError({
    status: 409,
    code: 'Conflict',
    message:
      `A Flex Consumption plan hosts one app, and '${plan.name}' hosts '${other.name}'. ` +
      'Make a plan for each app.',
  });
}

function checkFlex(body: SiteBody): void {
  const { properties } = body;
  if ((properties.functionAppConfig ?? null) === null) {
    throw badSite(
      'Site.FunctionAppConfig is invalid.  The FunctionAppConfig section was not specified in ' +
        'the request, which is required for Flex Consumption sites. To proceed, please add the ' +
        'FunctionAppConfig section in your request.',
    );
  }
  checkFlexSiteConfig(properties.siteConfig ?? {});
  const refused = sitePropertiesRefusedOnFlex.filter((name) => properties[name] !== undefined);
  if (refused.length > 0) {
    throw refusedOnFlex(
      'site configuration property',
      refused.map((name) => `Site.${name.charAt(0).toUpperCase()}${name.slice(1)}`),
    );
  }
}

function checkIdentities(context: WebContext, body: SiteBody): void {
  const assigned = Object.keys(body.identity?.userAssignedIdentities ?? {});
  const missing = assigned.filter((id) => context.resources.find(id) === undefined);
  if (missing.length > 0) {
    throw webError({
      status: 400,
      code: 'FailedIdentityOperation',
      message: `Identity operation failed: there is no identity ${missing.join(', ')}.`,
    });
  }
  const deployment = body.properties.functionAppConfig?.deployment.storage.authentication;
  const used = [
    ['keyVaultReferenceIdentity', body.properties.keyVaultReferenceIdentity],
    ['deployment.storage.authentication', deployment?.userAssignedIdentityResourceId],
  ] as const;
  for (const [where, id] of used) {
    if (id === undefined || id === null || /^systemassigned$/i.test(id)) continue;
    if (!assigned.some((each) => sameId(each, id))) {
      throw badSite(`The identity '${id}' of ${where} is not assigned to the site.`);
    }
  }
}

function badSite(message: string): Error {
  return webError({ status: 400, code: 'BadRequest', message });
}
