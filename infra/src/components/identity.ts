import { UserAssignedIdentity } from '@pulumi/azure-native/managedidentity/userAssignedIdentity.js';
import * as pulumi from '@pulumi/pulumi';
import { resourceName } from '../naming.ts';
import type { Settings } from '../settings/settings.ts';
import { tagsOf } from '../tags.ts';

/**
 * Who the app is in Azure. An identity of its own, not the app's: it exists, and has its rights,
 * before the app does, and keeps them when the app is replaced.
 */
export class AppIdentity extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  /** What the app asks for a token as. */
  readonly clientId: pulumi.Output<string>;
  /** What rights are given to. */
  readonly principalId: pulumi.Output<string>;
  readonly tenantId: pulumi.Output<string>;

  constructor(
    name: string,
    args: { settings: Settings; resourceGroupName: pulumi.Input<string> },
    options: pulumi.ComponentResourceOptions = {},
  ) {
    super('mispriced:infra:AppIdentity', name, {}, options);
    const { settings } = args;
    const identity = new UserAssignedIdentity(
      resourceName('identity', settings.stack),
      {
        resourceGroupName: args.resourceGroupName,
        location: settings.location,
        tags: tagsOf(settings),
      },
      { parent: this },
    );
    this.id = identity.id;
    this.clientId = identity.clientId;
    this.principalId = identity.principalId;
    this.tenantId = identity.tenantId;
    this.registerOutputs({ id: this.id, clientId: this.clientId, principalId: this.principalId });
  }
}
