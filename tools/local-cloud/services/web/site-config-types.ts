import { z } from 'zod';
import { answer } from '@mispriced/loopback-server';
import { presentResource } from '../engine/present.ts';
import { type Resource } from '../engine/resource.ts';
import { parentId } from '../engine/resource-id.ts';
import { type NameRule, type ResourceType } from '../engine/resource-type.ts';
import { path } from '../engine/shape.ts';
import { checkHostRuntime } from './host-runtime.ts';
import { webApiVersions as apiVersions } from './plan-type.ts';
import { takeInlineSettings, withoutInlineSettings } from './inline-settings.ts';
import { runnableSite } from './runnable-site.ts';
import { checkFlexAppSettings, checkFlexSiteConfig, isFlex, planOf } from './site-checks.ts';
import { siteConfigSchema, siteFactsSchema } from './site-schema.ts';
import { defineWebType, type WebContext } from './web-context.ts';

const anyName: NameRule = { pattern: /.*/, code: 'BadRequest', message: (name) => name };
const type = 'Microsoft.Web/sites/config';
const kind = { kind: z.string().optional() };

const appsettings: ResourceType = defineWebType({
  type,
  member: 'appsettings',
  apiVersions,
  name: anyName,
  createdStatus: 200,
  // Listing is a POST, since it shows what GET must not.
  methods: ['PUT'],
  implicit: { names: ['appsettings'], body: { properties: {} } },
  readOnly: [],
  body: z.strictObject({
    ...path,
    ...kind,
    properties: z.record(z.string().regex(/^[\w.:-]+$/), z.string()).optional(),
  }),
  prepare: ({ context, id, body }) => {
    const names = Object.keys(body.properties ?? {});
    if (isFlex(planOfSite(context, id))) checkFlexAppSettings(names);
    return { body: { properties: body.properties ?? {} }, facts: {} };
  },
  afterPut: ({ context, resource }) => restartWithChange(context, siteOf(context, resource.id)),
  actions: {
    list: ({ context, resource }) =>
      answer(200, presentResource({ context, type: appsettings, resource })),
  },
});

const web = defineWebType({
  type,
  member: 'web',
  apiVersions,
  name: anyName,
  createdStatus: 200,
  methods: ['PUT', 'PATCH', 'GET'],
  implicit: { names: ['web'], body: { properties: {} } },
  readOnly: ['properties.machineKey'],
  body: z.strictObject({ ...path, ...kind, properties: siteConfigSchema.optional() }),
  prepare: ({ context, id, body }) => {
    if (isFlex(planOfSite(context, id))) checkFlexSiteConfig(body.properties ?? {});
    if (body.properties === undefined) return { body, facts: {} };
    return { body: { ...body, properties: withoutInlineSettings(body.properties) }, facts: {} };
  },
  afterPut: async ({ context, resource, given }) => {
    const site = siteOf(context, resource.id);
    takeInlineSettings({ context, site, config: given.properties });
    await restartWithChange(context, site);
  },
});

const slotConfigNames = defineWebType({
  type,
  member: 'slotConfigNames',
  apiVersions,
  name: anyName,
  createdStatus: 200,
  methods: ['PUT', 'GET'],
  implicit: { names: ['slotconfignames'], body: { properties: {} } },
  readOnly: [],
  body: z.strictObject({
    ...path,
    ...kind,
    properties: z
      .strictObject({
        connectionStringNames: z.array(z.string()).nullish(),
        appSettingNames: z.array(z.string()).nullish(),
        azureStorageConfigNames: z.array(z.string()).nullish(),
      })
      .optional(),
  }),
});

const publishingPolicy = defineWebType({
  type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
  apiVersions,
  name: {
    pattern: /^(scm|ftp)$/i,
    code: 'BadRequest',
    message: (name) => `There is no publishing policy '${name}': only scm and ftp.`,
  },
  createdStatus: 200,
  methods: ['PUT', 'GET'],
  implicit: { names: ['scm', 'ftp'], body: { properties: { allow: true } } },
  readOnly: [],
  body: z.strictObject({
    ...path,
    ...kind,
    properties: z.strictObject({ allow: z.boolean() }),
  }),
});

const host = defineWebType({
  type: 'Microsoft.Web/sites/host',
  apiVersions,
  name: anyName,
  methods: ['GET'],
  implicit: { names: ['default'], body: {} },
  readOnly: [],
  body: z.strictObject(path),
  actions: {
    listKeys: async ({ context, resource }) => {
      const site = siteOf(context, resource.id);
      await checkHostRuntime(context, site.id);
      const { masterKey, functionKey } = siteFactsSchema.parse(site.facts);
      return answer(200, { masterKey, functionKeys: { default: functionKey }, systemKeys: {} });
    },
    sync: async ({ context, resource }) => {
      await checkHostRuntime(context, siteOf(context, resource.id).id);
      return answer(204);
    },
  },
});

/** The parts of a site. */
export const siteChildTypes = [
  ...[appsettings, web, slotConfigNames, publishingPolicy, host],
] as const;

/** Any change of configuration has references fetched anew, and the app begin again with them. */
async function restartWithChange(context: WebContext, site: Resource): Promise<void> {
  context.referenceCache.forget(site.id);
  await context.sites.changed(runnableSite(context, site));
}

function siteOf(context: WebContext, id: string): Resource {
  const site = context.resources.find(parentId(id) ?? '');
  if (site === undefined) throw new Error(`There is no site above ${id}.`);
  return site;
}

function planOfSite(context: WebContext, id: string): Resource {
  return planOf(context, String(siteOf(context, id).body.properties?.['serverFarmId']));
}
