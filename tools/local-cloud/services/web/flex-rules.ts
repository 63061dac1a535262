/** Properties of `siteConfig` that Azure refuses on Flex Consumption (error 51021). */
export const siteConfigRefusedOnFlex = [
  ...['alwaysOn', 'linuxFxVersion', 'windowsFxVersion', 'netFrameworkVersion', 'ftpsState'],
  ...['use32BitWorkerProcess', 'preWarmedInstanceCount', 'functionAppScaleLimit'],
  ...['functionsRuntimeScaleMonitoringEnabled', 'localMySqlEnabled', 'numberOfWorkers'],
  ...['minimumElasticInstanceCount', 'elasticWebAppScaleLimit', 'websiteTimeZone'],
] as const;

/** Properties of a site itself that Flex Consumption has elsewhere or not at all. */
export const sitePropertiesRefusedOnFlex = ['containerSize', 'dailyMemoryTimeQuota'] as const;

/** App settings that are the platform's on Flex Consumption, or that it does not heed. */
export const appSettingsRefusedOnFlex = [
  ...['FUNCTIONS_WORKER_RUNTIME', 'FUNCTIONS_WORKER_RUNTIME_VERSION'],
  ...['FUNCTIONS_EXTENSION_VERSION', 'FUNCTIONS_WORKER_PROCESS_COUNT'],
  ...['FUNCTIONS_MAX_HTTP_CONCURRENCY', 'FUNCTIONS_WORKER_DYNAMIC_CONCURRENCY_ENABLED'],
  ...['WEBSITE_NODE_DEFAULT_VERSION', 'WEBSITE_RUN_FROM_PACKAGE'],
  ...['WEBSITE_CONTENTAZUREFILECONNECTIONSTRING', 'WEBSITE_CONTENTSHARE'],
  ...['WEBSITE_CONTENTOVERVNET', 'WEBSITE_SKIP_CONTENTSHARE_VALIDATION'],
  ...['WEBSITE_VNET_ROUTE_ALL', 'WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT'],
  ...['SCM_DO_BUILD_DURING_DEPLOYMENT', 'ENABLE_ORYX_BUILD', 'WEBSITE_TIME_ZONE', 'TZ'],
] as const;

/** Node versions that Flex Consumption knows; another is taken and then never starts. */
export const nodeVersions = ['20', '22', '24'] as const;
