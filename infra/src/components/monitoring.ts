import { Component } from '@pulumi/azure-native/applicationinsights/component.js';
import { Workspace } from '@pulumi/azure-native/operationalinsights/workspace.js';
import * as pulumi from '@pulumi/pulumi';
import { resourceName } from '../naming.ts';
import type { Settings } from '../settings/settings.ts';
import { tagsOf } from '../tags.ts';
import { grantRole } from './grant-role.ts';
import type { AppIdentity } from './identity.ts';

/**
 * Where the app's logs and metrics go. Local authentication is off in both places: the connection
 * string that the app is given says where to send, and its identity says who sends.
 */
export class Monitoring extends pulumi.ComponentResource {
  readonly workspaceName: pulumi.Output<string>;
  /** No secret, for the key in it opens nothing while local authentication is off. */
  readonly connectionString: pulumi.Output<string>;
  /** What has to exist before the app starts. */
  readonly ready: pulumi.Resource[];

  constructor(
    name: string,
    args: { settings: Settings; resourceGroupName: pulumi.Input<string>; identity: AppIdentity },
    options: pulumi.ComponentResourceOptions = {},
  ) {
    super('mispriced:infra:Monitoring', name, {}, options);
    const { settings, resourceGroupName } = args;
    const common = { resourceGroupName, location: settings.location, tags: tagsOf(settings) };
    const workspace = new Workspace(
      resourceName('workspace', settings.stack),
      {
        ...common,
        sku: { name: 'PerGB2018' },
        retentionInDays: settings.logRetentionDays,
        features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
      },
      { parent: this },
    );
    const insights = new Component(
      resourceName('applicationInsights', settings.stack),
      {
        ...common,
        kind: 'web',
        applicationType: 'web',
        ingestionMode: 'LogAnalytics',
        disableLocalAuth: true,
        workspaceResourceId: workspace.id,
      },
      { parent: this },
    );
    const grant = grantRole({
      name: 'app-metrics',
      role: 'monitoringMetricsPublisher',
      scope: insights.id,
      principalId: args.identity.principalId,
      principalType: 'ServicePrincipal',
      parent: this,
    });
    this.workspaceName = workspace.name;
    this.connectionString = insights.connectionString;
    this.ready = [grant];
    this.registerOutputs({ workspaceName: this.workspaceName });
  }
}
