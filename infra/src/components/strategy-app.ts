import { AppServicePlan } from '@pulumi/azure-native/web/appServicePlan.js';
import { WebApp } from '@pulumi/azure-native/web/webApp.js';
import { WebAppApplicationSettings } from '@pulumi/azure-native/web/webAppApplicationSettings.js';
import { WebAppFtpAllowed } from '@pulumi/azure-native/web/webAppFtpAllowed.js';
import { WebAppScmAllowed } from '@pulumi/azure-native/web/webAppScmAllowed.js';
import * as pulumi from '@pulumi/pulumi';
import { resourceName } from '../naming.ts';
import type { Settings } from '../settings/settings.ts';
import { tagsOf } from '../tags.ts';
import { forbiddenSettings } from './forbidden-settings.ts';

interface StrategyAppArgs {
  settings: Settings;
  resourceGroupName: pulumi.Input<string>;
  identityId: pulumi.Input<string>;
  /** The container, as a URL, in which the platform keeps the package that runs. */
  deploymentContainerUrl: pulumi.Input<string>;
  appSettings: Record<string, pulumi.Input<string>>;
  /** What the app needs in order to start: rights, containers, the vault. */
  after: pulumi.Resource[];
}

/**
 * The function app on a Flex Consumption plan. `siteConfig` is left out: the SDK would fill it with
 * values for Windows that the plan refuses. The code is not part of it; `nx deploy` brings that.
 */
export class StrategyApp extends pulumi.ComponentResource {
  readonly appName: pulumi.Output<string>;
  readonly appId: pulumi.Output<string>;
  readonly hostname: pulumi.Output<string>;

  constructor(name: string, args: StrategyAppArgs, options: pulumi.ComponentResourceOptions = {}) {
    super('mispriced:infra:StrategyApp', name, {}, options);
    for (const setting of Object.keys(args.appSettings)) {
      if (forbiddenSettings.has(setting)) {
        throw new TypeError(`appSettings has ${setting}, which a Flex Consumption app must not.`);
      }
    }
    const app = this.#app(args);
    const inApp = { resourceGroupName: args.resourceGroupName, name: app.name };
    // A password for FTP or Kudu would be a way in that no identity guards. One write to a site at a
    // time: Azure answers 409 to two.
    const ftp = new WebAppFtpAllowed(
      'no-ftp-password',
      { ...inApp, allow: false },
      { parent: this },
    );
    const scm = new WebAppScmAllowed(
      'no-scm-password',
      { ...inApp, allow: false },
      { parent: this, dependsOn: ftp },
    );
    new WebAppApplicationSettings(
      'app-settings',
      { ...inApp, properties: args.appSettings },
      { parent: this, dependsOn: scm },
    );
    this.appName = app.name;
    this.appId = app.id;
    this.hostname = app.defaultHostName;
    this.registerOutputs({ appName: this.appName, hostname: this.hostname });
  }

  #app(args: StrategyAppArgs): WebApp {
    const { settings, identityId } = args;
    const common = {
      resourceGroupName: args.resourceGroupName,
      location: settings.location,
      tags: tagsOf(settings),
    };
    const plan = new AppServicePlan(
      resourceName('plan', settings.stack),
      {
        ...common,
        kind: 'functionapp',
        reserved: true,
        sku: { name: 'FC1', tier: 'FlexConsumption' },
      },
      { parent: this },
    );
    return new WebApp(
      resourceName('app', settings.stack),
      {
        ...common,
        kind: 'functionapp,linux',
        serverFarmId: plan.id,
        httpsOnly: true,
        publicNetworkAccess: 'Enabled',
        identity: { type: 'UserAssigned', userAssignedIdentities: [identityId] },
        keyVaultReferenceIdentity: identityId,
        functionAppConfig: {
          deployment: {
            storage: {
              type: 'blobContainer',
              value: args.deploymentContainerUrl,
              authentication: {
                type: 'UserAssignedIdentity',
                userAssignedIdentityResourceId: identityId,
              },
            },
          },
          runtime: { name: 'node', version: settings.runtimeVersion },
          scaleAndConcurrency: {
            instanceMemoryMB: settings.instanceMemoryMegabytes,
            maximumInstanceCount: settings.maximumInstances,
          },
        },
      },
      { parent: this, dependsOn: args.after },
    );
  }
}
