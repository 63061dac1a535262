const subscription = '/subscriptions/00000000-0000-4000-8000-000000000000';
const identity = `${subscription}/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i`;
const workspace = `${subscription}/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/w`;
const tenantId = '00000000-0000-4000-8000-000000000001';
const location = 'westeurope';
const tags = { stack: 'dev' };

/** For each type, a body such as the project sends: whole, and right by Azure's description. */
export const contractBodies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'Microsoft.Authorization/roleAssignments': {
    properties: {
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/b7e6dc6d-f1e8-4753-8033-0f276bb0955b`,
      principalId: tenantId,
      principalType: 'ServicePrincipal',
    },
  },
  'Microsoft.Authorization/roleDefinitions': {
    properties: {
      roleName: 'Reader of app settings',
      description: 'Reads the settings of function apps.',
      type: 'CustomRole',
      permissions: [{ actions: ['Microsoft.Web/sites/config/list/action'], notActions: [] }],
      assignableScopes: [subscription],
    },
  },
  'Microsoft.Consumption/budgets': {
    properties: {
      category: 'Cost',
      amount: 50,
      timeGrain: 'Monthly',
      timePeriod: { startDate: `${new Date().toISOString().slice(0, 7)}-01T00:00:00Z` },
      notifications: {
        most: {
          enabled: true,
          operator: 'GreaterThan',
          threshold: 80,
          contactEmails: ['owner@example.com'],
          thresholdType: 'Actual',
        },
      },
    },
  },
  'Microsoft.Insights/actionGroups': {
    location: 'global',
    tags,
    properties: {
      groupShortName: 'mispriced',
      enabled: true,
      emailReceivers: [{ name: 'owner', emailAddress: 'owner@example.com' }],
    },
  },
  'Microsoft.Insights/components': {
    location,
    tags,
    kind: 'web',
    properties: {
      Application_Type: 'web',
      WorkspaceResourceId: workspace,
      DisableLocalAuth: true,
      IngestionMode: 'LogAnalytics',
    },
  },
  'Microsoft.Insights/diagnosticSettings': {
    properties: {
      workspaceId: workspace,
      logs: [{ categoryGroup: 'audit', enabled: true }],
      metrics: [{ category: 'AllMetrics', enabled: false }],
    },
  },
  'Microsoft.Insights/metricAlerts': {
    location: 'global',
    properties: {
      severity: 2,
      enabled: true,
      scopes: [workspace],
      evaluationFrequency: 'PT5M',
      windowSize: 'PT15M',
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria',
        allOf: [],
      },
    },
  },
  'Microsoft.Insights/scheduledQueryRules': {
    location,
    kind: 'LogAlert',
    properties: { severity: 2, enabled: true, scopes: [workspace], evaluationFrequency: 'PT1H' },
  },
  'Microsoft.KeyVault/vaults': {
    location,
    tags,
    properties: {
      tenantId,
      sku: { family: 'A', name: 'standard' },
      enableRbacAuthorization: false,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enablePurgeProtection: true,
      accessPolicies: [{ tenantId, objectId: tenantId, permissions: { secrets: ['get', 'list'] } }],
    },
  },
  'Microsoft.ManagedIdentity/userAssignedIdentities': { location, tags },
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials': {
    properties: {
      issuer: 'https://token.actions.githubusercontent.com',
      subject: 'repo:owner/name:environment:prod',
      audiences: ['api://AzureADTokenExchange'],
    },
  },
  'Microsoft.OperationalInsights/workspaces': {
    location,
    tags,
    properties: {
      sku: { name: 'PerGB2018' },
      retentionInDays: 30,
      workspaceCapping: { dailyQuotaGb: 1 },
      features: { disableLocalAuth: true },
    },
  },
  'Microsoft.Resources/resourceGroups': { location, tags },
  'Microsoft.Storage/storageAccounts': {
    location,
    tags,
    kind: 'StorageV2',
    sku: { name: 'Standard_LRS' },
    properties: {
      allowBlobPublicAccess: false,
      allowSharedKeyAccess: false,
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
      keyPolicy: { keyExpirationPeriodInDays: 60 },
      networkAcls: { defaultAction: 'Allow' },
    },
  },
  'Microsoft.Storage/storageAccounts/blobServices': {
    properties: {
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 30 },
      containerDeleteRetentionPolicy: { enabled: true, days: 30 },
    },
  },
  'Microsoft.Storage/storageAccounts/blobServices/containers': {
    properties: { publicAccess: 'None' },
  },
  'Microsoft.Storage/storageAccounts/queueServices/queues': { properties: { metadata: {} } },
  'Microsoft.Storage/storageAccounts/managementPolicies': {
    properties: {
      policy: {
        rules: [
          {
            name: 'old-runs',
            type: 'Lifecycle',
            definition: {
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 365 } } },
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['runs/'] },
            },
          },
        ],
      },
    },
  },
  'Microsoft.Web/serverfarms': {
    location,
    tags,
    kind: 'functionapp',
    sku: { name: 'FC1', tier: 'FlexConsumption' },
    properties: { reserved: true },
  },
  'Microsoft.Web/sites': {
    location,
    tags,
    kind: 'functionapp,linux',
    identity: { type: 'UserAssigned', userAssignedIdentities: { [identity]: {} } },
    properties: {
      serverFarmId: `${subscription}/resourceGroups/g/providers/Microsoft.Web/serverfarms/p`,
      httpsOnly: true,
      keyVaultReferenceIdentity: identity,
      functionAppConfig: {
        deployment: {
          storage: {
            type: 'blobContainer',
            value: 'https://account.blob.core.windows.net/packages',
            authentication: {
              type: 'UserAssignedIdentity',
              userAssignedIdentityResourceId: identity,
            },
          },
        },
        runtime: { name: 'node', version: '22' },
        scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
      },
    },
  },
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies/ftp': { properties: { allow: false } },
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies/scm': { properties: { allow: false } },
  'Microsoft.Web/sites/config/appsettings': { properties: { NAME: 'value' } },
  'Microsoft.Web/sites/config/slotConfigNames': { properties: { appSettingNames: ['NAME'] } },
  'Microsoft.Web/sites/config/web': { properties: { minTlsVersion: '1.2' } },
};
