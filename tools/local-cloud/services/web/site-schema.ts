import { z } from 'zod';
import { guid, kept, oneOf, placed } from '../engine/shape.ts';

/** `siteConfig`, and the body of `config/web`, which are one shape. */
export const siteConfigSchema = z.strictObject({
  appSettings: z.array(z.strictObject({ name: z.string(), value: z.string().nullish() })).nullish(),
  minTlsVersion: oneOf('1.0', '1.1', '1.2', '1.3').nullish(),
  scmMinTlsVersion: oneOf('1.0', '1.1', '1.2', '1.3').nullish(),
  ftpsState: oneOf('AllAllowed', 'FtpsOnly', 'Disabled').nullish(),
  healthCheckPath: z.string().nullish(),
  http20Enabled: z.boolean().nullish(),
  alwaysOn: z.boolean().nullish(),
  linuxFxVersion: z.string().nullish(),
  keyVaultReferenceIdentity: z.string().nullish(),
  ...kept('numberOfWorkers', 'defaultDocuments', 'netFrameworkVersion', 'phpVersion'),
  ...kept('pythonVersion', 'nodeVersion', 'powerShellVersion', 'windowsFxVersion'),
  ...kept('requestTracingEnabled', 'requestTracingExpirationTime', 'remoteDebuggingEnabled'),
  ...kept('remoteDebuggingVersion', 'httpLoggingEnabled', 'acrUseManagedIdentityCreds'),
  ...kept('acrUserManagedIdentityID', 'logsDirectorySizeLimit', 'detailedErrorLoggingEnabled'),
  ...kept('publishingUsername', 'metadata', 'connectionStrings', 'handlerMappings'),
  ...kept('documentRoot', 'scmType', 'use32BitWorkerProcess', 'webSocketsEnabled'),
  ...kept('javaVersion', 'javaContainer', 'javaContainerVersion', 'appCommandLine'),
  ...kept('managedPipelineMode', 'virtualApplications', 'loadBalancing', 'experiments', 'limits'),
  ...kept('autoHealEnabled', 'autoHealRules', 'tracingOptions', 'vnetName'),
  ...kept('vnetRouteAllEnabled', 'vnetPrivatePortsCount', 'cors', 'push', 'apiDefinition'),
  ...kept('apiManagementConfig', 'autoSwapSlotName', 'localMySqlEnabled'),
  ...kept('managedServiceIdentityId', 'xManagedServiceIdentityId', 'ipSecurityRestrictions'),
  ...kept('ipSecurityRestrictionsDefaultAction', 'scmIpSecurityRestrictions'),
  ...kept('scmIpSecurityRestrictionsDefaultAction', 'scmIpSecurityRestrictionsUseMain'),
  ...kept('http20ProxyFlag', 'minTlsCipherSuite', 'preWarmedInstanceCount'),
  ...kept('functionAppScaleLimit', 'elasticWebAppScaleLimit', 'websiteTimeZone'),
  ...kept('functionsRuntimeScaleMonitoringEnabled', 'minimumElasticInstanceCount'),
  ...kept('azureStorageAccounts', 'publicNetworkAccess'),
});

/** A site's configuration, as accepted. */
export type SiteConfig = z.infer<typeof siteConfigSchema>;

const authentication = z
  .strictObject({
    type: oneOf('SystemAssignedIdentity', 'UserAssignedIdentity', 'StorageAccountConnectionString'),
    userAssignedIdentityResourceId: z.string().nullish(),
    storageAccountConnectionStringName: z.string().nullish(),
  })
  .refine(
    (each) => each.type !== 'UserAssignedIdentity' || !!each.userAssignedIdentityResourceId,
    'UserAssignedIdentity needs userAssignedIdentityResourceId',
  )
  .refine(
    (each) =>
      each.type !== 'StorageAccountConnectionString' || !!each.storageAccountConnectionStringName,
    'StorageAccountConnectionString needs storageAccountConnectionStringName',
  );

/** How a Flex Consumption app is deployed, what it runs on and how far it scales. */
export const functionAppConfigSchema = z.strictObject({
  deployment: z.strictObject({
    storage: z.strictObject({
      type: oneOf('blobContainer'),
      value: z.url({ protocol: /^https$/ }),
      authentication,
    }),
  }),
  runtime: z.strictObject({
    name: oneOf('node', 'python', 'java', 'powershell', 'dotnet-isolated', 'custom'),
    version: z.string().min(1),
  }),
  scaleAndConcurrency: z.strictObject({
    maximumInstanceCount: z.number().int().min(40).max(1000),
    instanceMemoryMB: z.union([z.literal(512), z.literal(2048), z.literal(4096)]),
    alwaysReady: z
      .array(z.strictObject({ name: z.string(), instanceCount: z.number().int().min(0) }))
      .optional(),
    triggers: z.unknown().optional(),
  }),
  ...kept('siteUpdateStrategy'),
});

/** The identities a site is given. */
const siteIdentitySchema = z.strictObject({
  type: oneOf('None', 'SystemAssigned', 'UserAssigned', 'SystemAssigned, UserAssigned'),
  userAssignedIdentities: z
    .record(z.string(), z.strictObject(kept('principalId', 'clientId')))
    .nullish(),
});

/** The body of a site. */
export const siteSchema = z.strictObject({
  ...placed,
  kind: z.string().optional(),
  identity: siteIdentitySchema.optional(),
  ...kept('extendedLocation'),
  properties: z.strictObject({
    serverFarmId: z.string().optional(),
    enabled: z.boolean().optional(),
    httpsOnly: z.boolean().optional(),
    reserved: z.boolean().nullish(),
    keyVaultReferenceIdentity: z.string().optional(),
    publicNetworkAccess: oneOf('Enabled', 'Disabled').nullish(),
    clientCertMode: oneOf('Required', 'Optional', 'OptionalInteractiveUser').optional(),
    siteConfig: siteConfigSchema.nullish(),
    functionAppConfig: functionAppConfigSchema.nullish(),
    ...kept('hostNameSslStates', 'isXenon', 'hyperV', 'dnsConfiguration', 'outboundVnetRouting'),
    ...kept('daprConfig', 'workloadProfileName', 'resourceConfig', 'scmSiteAlsoStopped'),
    ...kept('hostingEnvironmentProfile', 'clientAffinityEnabled', 'clientCertEnabled'),
    ...kept('clientAffinityPartitioningEnabled', 'clientAffinityProxyEnabled', 'ipMode'),
    ...kept('clientCertExclusionPaths', 'endToEndEncryptionEnabled', 'sshEnabled'),
    ...kept('hostNamesDisabled', 'customDomainVerificationId', 'containerSize'),
    ...kept('dailyMemoryTimeQuota', 'cloningInfo', 'redundancyMode', 'storageAccountRequired'),
    ...kept('autoGeneratedDomainNameLabelScope', 'virtualNetworkSubnetId'),
    ...kept('managedEnvironmentId'),
  }),
});

/** A site's body, as accepted. */
export type SiteBody = z.infer<typeof siteSchema>;

/** What is stored of a system-assigned identity. */
export const siteFactsSchema = z.object({
  systemPrincipalId: guid.nullable(),
  masterKey: z.string(),
  functionKey: z.string(),
});

/** What a site was given when it was made. */
export type SiteFacts = z.infer<typeof siteFactsSchema>;
