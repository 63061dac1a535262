import { Vault } from '@pulumi/azure-native/keyvault/vault.js';
import * as pulumi from '@pulumi/pulumi';
import { resourceName } from '../naming.ts';
import type { Settings } from '../settings/settings.ts';
import { operatorsTag, tagsOf } from '../tags.ts';
import { grantRole } from './grant-role.ts';
import type { AppIdentity } from './identity.ts';
import { vaultReaders } from './vault-access.ts';

interface KeyVaultArgs {
  settings: Settings;
  resourceGroupName: pulumi.Input<string>;
  identity: AppIdentity;
}

/**
 * The vault and who may read it. Its secrets are not made here: a program that writes a secret keeps
 * it in its state, and puts the old one back after a rotation.
 */
export class KeyVault extends pulumi.ComponentResource {
  readonly vaultName: pulumi.Output<string>;
  readonly vaultId: pulumi.Output<string>;
  /** With a slash at its end. */
  readonly vaultUri: pulumi.Output<string>;
  /** What has to exist before the app starts. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: KeyVaultArgs, options: pulumi.ComponentResourceOptions = {}) {
    super('mispriced:infra:KeyVault', name, {}, options);
    const { settings, identity } = args;
    if (settings.secretsDelivery === 'hybrid' && settings.hybridPrincipalObjectId === null) {
      throw new TypeError('hybridPrincipalObjectId is missing, but secretsDelivery is hybrid.');
    }
    const readers = vaultReaders(settings, identity.principalId);
    const byRole = settings.keyVaultAccess === 'rbac';
    const vault = new Vault(
      resourceName('keyVault', settings.stack),
      {
        resourceGroupName: args.resourceGroupName,
        location: settings.location,
        properties: {
          tenantId: identity.tenantId,
          sku: { family: 'A', name: 'standard' },
          // Given outright: Azure's default differs between API versions.
          enableRbacAuthorization: byRole,
          accessPolicies: byRole
            ? []
            : readers.map(({ principalId, secrets }) => ({
                tenantId: identity.tenantId,
                objectId: principalId,
                permissions: { secrets },
              })),
          enableSoftDelete: true,
          softDeleteRetentionInDays: settings.stack.kind === 'prod' ? 90 : 7,
          // A preview has to leave nothing; and Azure refuses `false` where it was once true.
          ...(settings.stack.kind !== 'preview' && { enablePurgeProtection: true }),
          publicNetworkAccess: 'Enabled',
        },
        tags: {
          ...tagsOf(settings),
          ...(settings.operatorsGroupObjectId !== null && {
            [operatorsTag]: settings.operatorsGroupObjectId,
          }),
        },
      },
      { parent: this },
    );
    const grants = byRole
      ? readers.map(({ name: reader, role, principalId, principalType }) =>
          grantRole({
            name: `${reader}-secrets`,
            role,
            scope: vault.id,
            principalId,
            principalType,
            parent: this,
          }),
        )
      : [];
    this.vaultName = vault.name;
    this.vaultId = vault.id;
    this.vaultUri = vault.properties.vaultUri;
    this.ready = [vault, ...grants];
    this.registerOutputs({ vaultName: this.vaultName, vaultUri: this.vaultUri });
  }
}
