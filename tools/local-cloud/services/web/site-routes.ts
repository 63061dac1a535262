import { z } from 'zod';
import {
  answer,
  checkedBody,
  type HttpResponse,
  type RouteParameters,
} from '@mispriced/loopback-server';
import { checkApiVersion } from '../engine/api-version.ts';
import type { ArmRoute } from '../engine/arm-route.ts';
import { resourceNotFound } from '../engine/errors.ts';
import type { Resource } from '../engine/resource.ts';
import { siteReferences, type SiteReference } from './config-references.ts';
import { checkHostRuntime } from './host-runtime.ts';
import { webApiVersions } from './plan-type.ts';
import { runnableSite } from './runnable-site.ts';
import { site as type } from './site-type.ts';
import { siteFactsSchema } from './site-schema.ts';
import { functionAppStacks } from './stacks.ts';
import type { WebContext } from './web-context.ts';

const group = '/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.Web';
const sitePath = `${group}/sites/{site}`;
const references = `${sitePath}/config/configreferences/appsettings`;
const nameBody = z.object({ name: z.string() });

/** What of sites has a path of its own shape. */
export const siteRoutes: readonly ArmRoute<WebContext>[] = [
  {
    method: 'GET',
    path: references,
    action: 'Microsoft.Web/sites/config/list/action',
    handle: ({ request, parameters, context }) => {
      version(request.query);
      const site = find(context, parameters);
      const value = siteReferences(context, site).map((each) => show(site, each));
      return answer(200, { value, nextLink: null });
    },
  },
  {
    method: 'GET',
    path: `${references}/{key}`,
    action: 'Microsoft.Web/sites/config/list/action',
    handle: ({ request, parameters, context }) => {
      version(request.query);
      const site = find(context, parameters);
      const key = parameters['key'] ?? '';
      const found = siteReferences(context, site).find((each) => each.name === key);
      if (found === undefined) {
        throw resourceNotFound({ type: `${type.type}/config`, name: key, group: undefined });
      }
      return answer(200, show(site, found));
    },
  },
  {
    method: 'POST',
    path: `${references}/refresh`,
    action: 'Microsoft.Web/sites/config/write',
    handle: async ({ request, parameters, context }) => {
      version(request.query);
      const site = find(context, parameters);
      context.referenceCache.forget(site.id);
      await context.sites.changed(runnableSite(context, site));
      const value = siteReferences(context, site).map((each) => show(site, each));
      return answer(200, { value, nextLink: null });
    },
  },
  {
    method: 'GET',
    path: `${sitePath}/functions`,
    action: 'Microsoft.Web/sites/functions/read',
    handle: async ({ request, parameters, context }) => {
      version(request.query);
      const site = find(context, parameters);
      await checkHostRuntime(context, site.id);
      const functions = await context.sites.functions(site.id);
      return answer(200, { value: functions.map((each) => showFunction(site, each)) });
    },
  },
  {
    method: 'GET',
    path: `${sitePath}/functions/{function}`,
    action: 'Microsoft.Web/sites/functions/read',
    handle: async ({ request, parameters, context }) => {
      version(request.query);
      const site = find(context, parameters);
      const name = parameters['function'] ?? '';
      await checkHostRuntime(context, site.id);
      const found = (await context.sites.functions(site.id)).find((each) => each.name === name);
      if (found !== undefined) return answer(200, showFunction(site, found));
      throw resourceNotFound({ type: `${type.type}/functions`, name, group: parameters['group'] });
    },
  },
  {
    method: 'POST',
    path: `${sitePath}/functions/{function}/listkeys`,
    action: 'Microsoft.Web/sites/functions/listkeys/action',
    handle: async ({ request, parameters, context }) => {
      version(request.query);
      const site = find(context, parameters);
      await checkHostRuntime(context, site.id);
      const { functionKey } = siteFactsSchema.parse(site.facts);
      return answer(200, { default: functionKey });
    },
  },
  ...['/providers/Microsoft.Web', '/providers/Microsoft.Web/locations/{location}'].map(
    (path): ArmRoute<WebContext> => ({
      method: 'GET',
      path: `${path}/functionAppStacks`,
      action: null,
      handle: ({ request }) => {
        version(request.query);
        return answer(200, functionAppStacks(request.query.get('stackOsType')));
      },
    }),
  ),
  {
    method: 'POST',
    path: '/subscriptions/{subscription}/providers/Microsoft.Web/checkNameAvailability',
    action: 'Microsoft.Web/checknameavailability/read',
    handle: ({ request, context }) => {
      version(request.query);
      const { name } = checkedBody(nameBody, request);
      return checkName(context, name);
    },
  },
];

function checkName(context: WebContext, name: string): HttpResponse {
  if (!type.name.pattern.test(name)) {
    const message = type.name.message(name);
    return answer(200, { nameAvailable: false, reason: 'Invalid', message });
  }
  const sites = context.resources.ofType(type.type);
  if (sites.some((each) => each.name.toLowerCase() === name.toLowerCase())) {
    const message = `Hostname '${name}' already exists. Please select a different name.`;
    return answer(200, { nameAvailable: false, reason: 'AlreadyExists', message });
  }
  return answer(200, { nameAvailable: true, reason: '', message: '' });
}

function find(context: WebContext, parameters: RouteParameters): Resource {
  const { subscriptionId } = context;
  const name = parameters['site'] ?? '';
  const id =
    `/subscriptions/${subscriptionId}/resourceGroups/${parameters['group'] ?? ''}` +
    `/providers/Microsoft.Web/sites/${name}`;
  const site = context.resources.find(id);
  if (site === undefined)
    throw resourceNotFound({ type: type.type, name, group: parameters['group'] });
  return site;
}

function show(site: Resource, each: SiteReference): Record<string, unknown> {
  const { resolution } = each;
  return {
    id: `${site.id}/config/configreferences/appsettings/${each.name}`,
    name: each.name,
    type: 'Microsoft.Web/sites/config/configreferences',
    location: site.body.location,
    properties: {
      reference: each.text,
      status: resolution.status,
      vaultName: resolution.reference?.vaultName,
      secretName: resolution.reference?.secretName,
      secretVersion: resolution.reference?.secretVersion ?? '',
      identityType: { type: resolution.identityType },
      details: resolution.details,
      source: 'KeyVault',
      ...(resolution.activeVersion !== null && { activeVersion: resolution.activeVersion }),
    },
  };
}

function showFunction(
  site: Resource,
  each: { name: string; config: Readonly<Record<string, unknown>> },
): Record<string, unknown> {
  return {
    id: `${site.id}/functions/${each.name}`,
    name: `${site.name}/${each.name}`,
    type: 'Microsoft.Web/sites/functions',
    location: site.body.location,
    properties: { name: each.name, config: each.config, isDisabled: false, language: 'node' },
  };
}

function version(query: URLSearchParams): void {
  checkApiVersion({ version: query.get('api-version'), type: type.type, known: webApiVersions });
}
