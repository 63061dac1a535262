import { z } from 'zod';
import { defineResourceType } from '../engine/resource-type.ts';
import { kept, oneOf, path, placed } from '../engine/shape.ts';
import { checkBudgetStart } from './budget-start.ts';
import { nameRule as rule } from './name-rule.ts';

/** Of a budget that is there. */
const timePeriod = z.object({ startDate: z.string() });

const budget = defineResourceType({
  type: 'Microsoft.Consumption/budgets',
  apiVersions: ['2019-10-01', '2021-10-01', '2023-05-01', '2023-11-01', '2024-08-01'],
  extension: true,
  name: rule(/^[a-zA-Z0-9_-]{1,63}$/, 'budget'),
  body: z.strictObject({
    ...path,
    ...kept('eTag'),
    properties: z
      .strictObject({
        category: oneOf('Cost'),
        amount: z.number().positive(),
        timeGrain: oneOf(
          'Monthly',
          'Quarterly',
          'Annually',
          'BillingMonth',
          'BillingQuarter',
          'BillingAnnual',
        ),
        timePeriod: z.strictObject({
          // Azure refuses a budget that begins on any other day.
          startDate: z
            .string()
            .regex(/^\d{4}-\d{2}-01(T00:00:00(\.0+)?Z)?$/, 'must be the first of a month'),
          endDate: z.string().optional(),
        }),
        filter: z.unknown().optional(),
        notifications: z
          .record(
            z.string(),
            z.strictObject({
              enabled: z.boolean(),
              operator: oneOf('EqualTo', 'GreaterThan', 'GreaterThanOrEqualTo'),
              threshold: z.number().min(0).max(1000),
              contactEmails: z.array(z.string()).max(50),
              thresholdType: oneOf('Actual', 'Forecasted').optional(),
              ...kept('contactRoles', 'contactGroups', 'locale'),
            }),
          )
          .refine((each) => Object.keys(each).length <= 5, 'a budget has at most 5 notifications')
          .optional(),
      })
      .optional(),
  }),
  readOnly: ['systemData', 'properties.currentSpend', 'properties.forecastSpend'],
  prepare: ({ context, body, existing }) => {
    if (body.properties !== undefined) {
      checkBudgetStart({
        startDate: body.properties.timePeriod.startDate,
        timeGrain: body.properties.timeGrain,
        existingStart: timePeriod.safeParse(existing?.body.properties?.['timePeriod']).data
          ?.startDate,
        now: context.clock(),
      });
    }
    return { facts: {}, body };
  },
  present: () => ({ properties: { currentSpend: { amount: 0, unit: 'USD' } } }),
});

const category = z.strictObject({
  enabled: z.boolean(),
  ...kept('category', 'categoryGroup', 'timeGrain', 'retentionPolicy'),
});

const diagnosticSetting = defineResourceType({
  type: 'Microsoft.Insights/diagnosticSettings',
  apiVersions: ['2017-05-01-preview', '2021-05-01-preview'],
  extension: true,
  createdStatus: 200,
  name: rule(/^[^*<>%&:?+/]{1,260}$/, 'diagnostic setting'),
  body: z.strictObject({
    ...path,
    properties: z
      .strictObject({
        workspaceId: z.string().optional(),
        logs: z.array(category).optional(),
        metrics: z.array(category).optional(),
        ...kept('storageAccountId', 'serviceBusRuleId', 'eventHubAuthorizationRuleId'),
        ...kept('eventHubName', 'marketplacePartnerId', 'logAnalyticsDestinationType'),
      })
      .optional(),
  }),
  readOnly: ['systemData'],
});

const receivers = [
  ...['smsReceivers', 'webhookReceivers', 'itsmReceivers', 'azureAppPushReceivers'],
  ...['automationRunbookReceivers', 'voiceReceivers', 'logicAppReceivers'],
  ...['azureFunctionReceivers', 'armRoleReceivers', 'eventHubReceivers'],
] as const;

const actionGroup = defineResourceType({
  type: 'Microsoft.Insights/actionGroups',
  apiVersions: [
    '2021-09-01',
    '2022-06-01',
    '2023-01-01',
    '2023-09-01-preview',
    '2024-10-01-preview',
  ],
  name: rule(/^[^:<>+/&%\\?|]{1,260}$/, 'action group'),
  body: z.strictObject({
    ...placed,
    ...kept('identity'),
    properties: z
      .strictObject({
        groupShortName: z.string().min(1).max(12),
        enabled: z.boolean(),
        emailReceivers: z
          .array(
            z.strictObject({
              name: z.string(),
              emailAddress: z.string(),
              useCommonAlertSchema: z.boolean().optional(),
            }),
          )
          .optional(),
        ...kept(...receivers),
      })
      .optional(),
  }),
  readOnly: [],
});

const metricAlert = defineResourceType({
  type: 'Microsoft.Insights/metricAlerts',
  apiVersions: ['2018-03-01', '2024-03-01-preview'],
  createdStatus: 200,
  name: rule(/^[^*#&+:<>?@%{}\\/]{1,260}$/, 'alert'),
  body: z.strictObject({
    ...placed,
    properties: z.strictObject({
      severity: z.number().int().min(0).max(4),
      enabled: z.boolean(),
      scopes: z.array(z.string()).min(1),
      evaluationFrequency: z.string(),
      windowSize: z.string(),
      criteria: z.record(z.string(), z.unknown()),
      ...kept(
        'description',
        'targetResourceType',
        'targetResourceRegion',
        'autoMitigate',
        'actions',
      ),
    }),
  }),
  readOnly: ['properties.isMigrated', 'properties.lastUpdatedTime'],
});

const scheduledQueryRule = defineResourceType({
  type: 'Microsoft.Insights/scheduledQueryRules',
  apiVersions: ['2021-08-01', '2022-06-15', '2023-12-01', '2025-01-01-preview'],
  name: rule(/^[^*<>%{}&:\\?/#|]{1,260}$/, 'alert'),
  body: z.strictObject({
    ...placed,
    ...kept('identity'),
    kind: oneOf('LogAlert', 'SimpleLogAlert', 'LogToMetric').optional(),
    properties: z.strictObject({
      severity: z.number().int().min(0).max(4).optional(),
      enabled: z.boolean().optional(),
      scopes: z.array(z.string()).min(1).optional(),
      ...kept('description', 'displayName', 'evaluationFrequency', 'windowSize', 'criteria'),
      ...kept('overrideQueryTimeRange', 'targetResourceTypes', 'muteActionsDuration', 'actions'),
      ...kept('checkWorkspaceAlertsStorageConfigured', 'skipQueryValidation', 'autoMitigate'),
      ...kept('resolveConfiguration'),
    }),
  }),
  readOnly: ['etag', 'systemData', 'properties.createdWithApiVersion'],
});

/** What watches an environment: kept and checked; nothing here alerts or costs. */
export const watchingTypes = [
  ...[budget, diagnosticSetting, actionGroup, metricAlert, scheduledQueryRule],
] as const;
