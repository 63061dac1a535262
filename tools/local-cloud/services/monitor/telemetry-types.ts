import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parentNotFound } from '../engine/errors.ts';
import { defineResourceType } from '../engine/resource-type.ts';
import { kept, oneOf, placed } from '../engine/shape.ts';
import { nameRule as rule } from './name-rule.ts';

const access = oneOf('Enabled', 'Disabled').optional();
const workspaceId = /^\/subscriptions\/.+\/microsoft\.operationalinsights\/workspaces\/[^/]+$/i;

const workspace = defineResourceType({
  type: 'Microsoft.OperationalInsights/workspaces',
  apiVersions: ['2020-08-01', '2021-06-01', '2022-10-01', '2023-09-01', '2025-02-01', '2025-07-01'],
  name: rule(/^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$/, 'workspace'),
  put: 'azure-async-operation',
  delete: 'azure-async-operation',
  provisioningState: true,
  body: z.strictObject({
    ...placed,
    ...kept('identity', 'etag'),
    properties: z
      .strictObject({
        sku: z
          .strictObject({
            name: oneOf(
              'Free',
              'Standard',
              'Premium',
              'PerNode',
              'PerGB2018',
              'Standalone',
              'CapacityReservation',
              'LACluster',
            ),
            ...kept('capacityReservationLevel'),
          })
          .optional(),
        retentionInDays: z.number().int().min(4).max(730).optional(),
        workspaceCapping: z
          .strictObject({ dailyQuotaGb: z.number().min(-1).optional() })
          .optional(),
        publicNetworkAccessForIngestion: access,
        publicNetworkAccessForQuery: access,
        features: z
          .strictObject({
            disableLocalAuth: z.boolean().optional(),
            ...kept('enableDataExport', 'immediatePurgeDataOn30Days', 'clusterResourceId'),
            ...kept('enableLogAccessUsingOnlyResourcePermissions'),
          })
          .optional(),
        ...kept(
          'forceCmkForQuery',
          'defaultDataCollectionRuleResourceId',
          'replication',
          'failover',
        ),
      })
      .optional(),
  }),
  readOnly: [
    'systemData',
    ...['createdDate', 'customerId', 'modifiedDate', 'provisioningState'].map(
      (each) => `properties.${each}`,
    ),
  ],
  prepare: ({ body, existing }) => ({
    facts: existing?.facts ?? { customerId: randomUUID() },
    body: {
      ...body,
      properties: { retentionInDays: 30, sku: { name: 'PerGB2018' }, ...body.properties },
    },
  }),
  present: ({ resource }) => ({
    properties: {
      customerId: resource.facts['customerId'],
      createdDate: resource.createdAt,
      modifiedDate: resource.changedAt,
    },
  }),
});

const component = defineResourceType({
  type: 'Microsoft.Insights/components',
  apiVersions: ['2015-05-01', '2018-05-01-preview', '2020-02-02', '2020-02-02-preview'],
  name: rule(/^[^<>*%&:?/+]{1,259}[^<>*%&:?/+.\s]$/, 'component'),
  createdStatus: 200,
  provisioningState: true,
  body: z.strictObject({
    ...placed,
    kind: z.string().min(1),
    ...kept('etag'),
    properties: z
      .strictObject({
        Application_Type: oneOf('web', 'other'),
        WorkspaceResourceId: z.string().regex(workspaceId, 'must be a workspace').optional(),
        DisableLocalAuth: z.boolean().optional(),
        IngestionMode: oneOf(
          'ApplicationInsights',
          'ApplicationInsightsWithDiagnosticSettings',
          'LogAnalytics',
        ).optional(),
        SamplingPercentage: z.number().min(0).max(100).nullish(),
        RetentionInDays: z.number().int().optional(),
        publicNetworkAccessForIngestion: access,
        publicNetworkAccessForQuery: access,
        ...kept('Flow_Type', 'Request_Source', 'HockeyAppId', 'DisableIpMasking'),
        ...kept('ImmediatePurgeDataOn30Days', 'ForceCustomerStorageForProfiler'),
      })
      .optional(),
  }),
  readOnly: [
    'AppId',
    'ApplicationId',
    'ConnectionString',
    'CreationDate',
    'InstrumentationKey',
    'Name',
    'TenantId',
    'provisioningState',
  ].map((each) => `properties.${each}`),
  prepare: ({ context, body, existing }) => {
    const workspaceResource = body.properties?.WorkspaceResourceId;
    if (
      workspaceResource !== undefined &&
      context.resources.find(workspaceResource) === undefined
    ) {
      throw parentNotFound(workspaceResource);
    }
    return {
      facts: existing?.facts ?? { instrumentationKey: randomUUID(), appId: randomUUID() },
      body: { ...body, properties: { RetentionInDays: 90, ...body.properties } },
    };
  },
  present: ({ context, resource }) => {
    const key = String(resource.facts['instrumentationKey']);
    const { origin } = context.addresses;
    return {
      properties: {
        AppId: resource.facts['appId'],
        ApplicationId: resource.name,
        Name: resource.name,
        InstrumentationKey: key,
        ConnectionString: `InstrumentationKey=${key};IngestionEndpoint=${origin}/_ingestion/;ApplicationId=${String(resource.facts['appId'])}`,
        CreationDate: resource.createdAt,
        TenantId: context.subscriptionId,
      },
    };
  },
});

/** Where logs and telemetry would go: kept and checked; nothing is ingested here. */
export const telemetryTypes = [workspace, component] as const;
