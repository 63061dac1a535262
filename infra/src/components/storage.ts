import { BlobContainer } from '@pulumi/azure-native/storage/blobContainer.js';
import { BlobServiceProperties } from '@pulumi/azure-native/storage/blobServiceProperties.js';
import { ManagementPolicy } from '@pulumi/azure-native/storage/managementPolicy.js';
import { StorageAccount } from '@pulumi/azure-native/storage/storageAccount.js';
import * as pulumi from '@pulumi/pulumi';
import { resourceName } from '../naming.ts';
import type { Role } from '../roles.ts';
import type { Settings } from '../settings/settings.ts';
import { storageAuthTag, tagsOf } from '../tags.ts';
import { dataContainers, deploymentContainer } from './containers.ts';
import { grantRole } from './grant-role.ts';
import type { AppIdentity } from './identity.ts';
import { lifecycleRules, undeleteDays } from './retention.ts';

interface StorageArgs {
  settings: Settings;
  resourceGroupName: pulumi.Input<string>;
  identity: AppIdentity;
}

/**
 * The account that keeps everything the strategy knows, and the rights of the app and its operators
 * in it. In identity mode no key of it opens anything; in key mode its keys do, and have an age.
 */
export class Storage extends pulumi.ComponentResource {
  readonly accountName: pulumi.Output<string>;
  readonly accountId: pulumi.Output<string>;
  /** With a slash at its end. */
  readonly blobEndpoint: pulumi.Output<string>;
  readonly deploymentContainerUrl: pulumi.Output<string>;
  /** What has to exist before the app starts. */
  readonly ready: pulumi.Resource[];
  readonly #settings: Settings;
  readonly #identity: AppIdentity;

  constructor(name: string, args: StorageArgs, options: pulumi.ComponentResourceOptions = {}) {
    super('mispriced:infra:Storage', name, {}, options);
    this.#settings = args.settings;
    this.#identity = args.identity;
    if (args.settings.storageAuth === 'identity' && args.settings.keyExpiryDays !== null) {
      throw new TypeError('keyExpiryDays is given, but storageAuth is identity: no key is in use.');
    }
    const account = this.#account(args);
    const inAccount = { resourceGroupName: args.resourceGroupName, accountName: account.name };
    const service = this.#blobService(inAccount);
    const containers = [...dataContainers, deploymentContainer].map(
      (containerName) =>
        new BlobContainer(
          containerName,
          { ...inAccount, containerName, publicAccess: 'None' },
          { parent: this, dependsOn: service },
        ),
    );
    new ManagementPolicy(
      'lifecycle',
      {
        ...inAccount,
        managementPolicyName: 'default',
        policy: { rules: lifecycleRules(args.settings) },
      },
      // A rule on versions is refused until versioning is on. Rules keep no state.
      { parent: this, dependsOn: service, protect: false },
    );
    this.accountName = account.name;
    this.accountId = account.id;
    this.blobEndpoint = account.primaryEndpoints.blob;
    this.deploymentContainerUrl = pulumi.interpolate`${this.blobEndpoint}${deploymentContainer}`;
    this.ready = [...containers, ...this.#grants()];
    this.registerOutputs({ accountName: this.accountName, blobEndpoint: this.blobEndpoint });
  }

  #account(args: StorageArgs): StorageAccount {
    const { settings } = args;
    return new StorageAccount(
      resourceName('storageAccount', settings.stack),
      {
        resourceGroupName: args.resourceGroupName,
        location: settings.location,
        kind: 'StorageV2',
        sku: { name: settings.storageRedundancy === 'zrs' ? 'Standard_ZRS' : 'Standard_LRS' },
        accessTier: 'Hot',
        allowBlobPublicAccess: false,
        allowCrossTenantReplication: false,
        allowSharedKeyAccess: settings.storageAuth === 'key',
        defaultToOAuthAuthentication: true,
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: 'TLS1_2',
        publicNetworkAccess: 'Enabled',
        ...(settings.keyExpiryDays !== null && {
          keyPolicy: { keyExpirationPeriodInDays: settings.keyExpiryDays },
        }),
        tags: { ...tagsOf(settings), [storageAuthTag]: settings.storageAuth },
      },
      { parent: this },
    );
  }

  #blobService(inAccount: {
    resourceGroupName: pulumi.Input<string>;
    accountName: pulumi.Output<string>;
  }): BlobServiceProperties {
    const undelete = { enabled: true, days: undeleteDays(this.#settings) };
    return new BlobServiceProperties(
      'blob-service',
      {
        ...inAccount,
        blobServicesName: 'default',
        isVersioningEnabled: true,
        deleteRetentionPolicy: undelete,
        containerDeleteRetentionPolicy: undelete,
      },
      { parent: this, protect: false },
    );
  }

  #grants(): pulumi.Resource[] {
    const { operatorsGroupObjectId, hybridPrincipalObjectId, storageAuth } = this.#settings;
    const scope = this.accountId;
    const grant = (name: string, role: Role, principalId: pulumi.Input<string>) =>
      grantRole({
        name,
        role,
        scope,
        principalId,
        parent: this,
        principalType: name.startsWith('operators') ? 'Group' : 'ServicePrincipal',
      });
    const grants = [grant('app-blobs', 'storageBlobDataOwner', this.#identity.principalId)];
    if (hybridPrincipalObjectId !== null) {
      grants.push(grant('hybrid-blobs', 'storageBlobDataContributor', hybridPrincipalObjectId));
    }
    if (operatorsGroupObjectId !== null) {
      const operators = operatorsGroupObjectId;
      grants.push(grant('operators-blobs', 'storageBlobDataContributor', operators));
      // Where keys open nothing, nobody needs to list or to renew them.
      if (storageAuth === 'key') {
        grants.push(grant('operators-keys', 'storageAccountKeyOperator', operators));
      }
    }
    return grants;
  }
}
