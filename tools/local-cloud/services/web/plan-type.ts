import { z } from 'zod';
import { defineResourceType } from '../engine/resource-type.ts';
import { sameId } from '../engine/resource-id.ts';
import { kept, placed } from '../engine/shape.ts';
import { webError } from './web-error.ts';

export const webApiVersions = [
  ...['2018-02-01', '2018-11-01', '2019-08-01', '2020-06-01', '2020-09-01', '2020-10-01'],
  ...['2020-12-01', '2021-01-15', '2021-02-01', '2021-03-01', '2022-03-01', '2022-09-01'],
  ...['2023-01-01', '2023-12-01', '2024-04-01', '2024-11-01', '2025-03-01', '2025-05-01'],
];

/** The sizes of plan that there are, with the tier each is of. */
const tiers: Readonly<Record<string, string>> = {
  FC1: 'FlexConsumption',
  Y1: 'Dynamic',
  ...Object.fromEntries(['EP1', 'EP2', 'EP3'].map((size) => [size, 'ElasticPremium'])),
  F1: 'Free',
  ...Object.fromEntries(['B1', 'B2', 'B3'].map((size) => [size, 'Basic'])),
  ...Object.fromEntries(['S1', 'S2', 'S3'].map((size) => [size, 'Standard'])),
  ...Object.fromEntries(['P0v3', 'P1v3', 'P2v3', 'P3v3'].map((size) => [size, 'PremiumV3'])),
};

/** A plan: what sites run on. */
export const plan = defineResourceType({
  type: 'Microsoft.Web/serverfarms',
  apiVersions: webApiVersions,
  name: {
    pattern: /^[a-zA-Z0-9-]{1,60}$/,
    code: 'BadRequest',
    message: (name) => `The plan name '${name}' is not valid: 1 to 60 letters, digits and hyphens.`,
  },
  locationStyle: 'displayed',
  provisioningState: true,
  put: 'location',
  body: z.strictObject({
    ...placed,
    kind: z.string().optional(),
    sku: z
      .strictObject({
        name: z.string(),
        tier: z.string().optional(),
        size: z.string().optional(),
        family: z.string().optional(),
        capacity: z.number().int().nonnegative().optional(),
        ...kept('skuCapacity', 'locations', 'capabilities'),
      })
      .optional(),
    ...kept('identity', 'extendedLocation'),
    properties: z
      .strictObject({
        reserved: z.boolean().optional(),
        zoneRedundant: z.boolean().optional(),
        ...kept('perSiteScaling', 'elasticScaleEnabled', 'maximumElasticWorkerCount', 'isSpot'),
        ...kept('spotExpirationTime', 'freeOfferExpirationTime', 'isXenon', 'hyperV'),
        ...kept('hostingEnvironmentProfile', 'targetWorkerCount', 'targetWorkerSizeId'),
        ...kept('kubeEnvironmentProfile', 'asyncScalingEnabled', 'workerTierName', 'network'),
        ...kept('planDefaultIdentity', 'isCustomMode', 'registryAdapters', 'installScripts'),
        ...kept('storageMounts', 'rdpEnabled'),
      })
      .optional(),
  }),
  readOnly: [
    ...['geoRegion', 'maximumNumberOfWorkers', 'numberOfSites', 'numberOfWorkers'],
    ...['provisioningState', 'resourceGroup', 'status', 'subscription'],
  ].map((name) => `properties.${name}`),
  prepare: ({ body, existing }) => {
    const size = Object.keys(tiers).find(
      (each) => each.toLowerCase() === (body.sku?.name ?? 'F1').toLowerCase(),
    );
    if (size === undefined) {
      throw refusal(`The sku name '${body.sku?.name ?? ''}' is not valid.`);
    }
    if (size === 'FC1' && body.properties?.reserved !== true) {
      throw refusal('A Flex Consumption plan runs Linux: the property reserved must be true.');
    }
    const before = existing?.body['sku'] as { name: string } | undefined;
    if (before !== undefined && (before.name === 'FC1') !== (size === 'FC1')) {
      throw refusal('A plan cannot be changed to or from Flex Consumption.');
    }
    const sku = {
      size,
      family: size.slice(0, 2).replace(/\d$/, ''),
      capacity: size === 'FC1' || size === 'Y1' ? 0 : 1,
      ...body.sku,
      name: size,
      tier: tiers[size],
    };
    return { facts: {}, body: { kind: 'linux', ...body, sku } };
  },
  beforeDelete: ({ context, resource }) => {
    const users = context.resources
      .ofType('Microsoft.Web/sites')
      .filter((site) => sameId(String(site.body.properties?.['serverFarmId']), resource.id))
      .map((site) => site.name);
    if (users.length === 0) return;
    throw webError({
      status: 409,
      code: 'Conflict',
      message:
        `Server farm '${resource.name}' cannot be deleted because it has web app(s) ` +
        `${users.join(', ')} assigned to it.`,
    });
  },
  present: ({ context, resource }) => ({
    properties: {
      status: 'Ready',
      numberOfSites: context.resources
        .ofType('Microsoft.Web/sites')
        .filter((site) => sameId(String(site.body.properties?.['serverFarmId']), resource.id))
        .length,
      subscription: context.subscriptionId,
    },
  }),
});

function refusal(message: string): Error {
  return webError({ status: 400, code: 'BadRequest', message });
}
