import type { BootstrapRequest } from './bootstrap-request.ts';
import type { Names } from './names.ts';
import type { Wanted } from './wanted.ts';

const tags = { project: 'mispriced', purpose: 'pipeline' };
const storageVersion = '2024-01-01';
const vaultVersion = '2024-11-01';

/** Where Pulumi keeps what it knows, and the keys that its secrets are encrypted with. */
export function wantedState(request: BootstrapRequest, names: Names): readonly Wanted[] {
  const group = `/subscriptions/${request.subscriptionId}/resourceGroups/${names.group}`;
  const account = `${group}/providers/Microsoft.Storage/storageAccounts/${names.account}`;
  const vault = `${group}/providers/Microsoft.KeyVault/vaults/${names.vault}`;
  const { location } = request;
  return [
    {
      what: 'resource group',
      name: names.group,
      why: 'holds what the pipeline itself needs; environments have groups of their own',
      path: group,
      apiVersion: '2024-03-01',
      body: { location, tags },
      isOnlyCreated: true,
    },
    {
      what: 'storage account',
      name: names.account,
      why: "keeps Pulumi's state; without keys, over TLS 1.2, not public",
      path: account,
      apiVersion: storageVersion,
      body: {
        location,
        tags,
        kind: 'StorageV2',
        sku: { name: 'Standard_ZRS' },
        properties: {
          allowSharedKeyAccess: false,
          allowBlobPublicAccess: false,
          minimumTlsVersion: 'TLS1_2',
          supportsHttpsTrafficOnly: true,
        },
      },
    },
    {
      what: 'blob service',
      name: 'default',
      why: 'a state that was overwritten or deleted can be had back for 30 days',
      path: `${account}/blobServices/default`,
      apiVersion: storageVersion,
      body: {
        properties: {
          isVersioningEnabled: true,
          deleteRetentionPolicy: { enabled: true, days: 30 },
          containerDeleteRetentionPolicy: { enabled: true, days: 30 },
        },
      },
    },
    {
      what: 'key vault',
      name: names.vault,
      why: 'holds the keys; who may use which is said by roles on each key',
      path: vault,
      apiVersion: vaultVersion,
      body: {
        location,
        tags,
        properties: {
          tenantId: request.tenantId,
          sku: { family: 'A', name: 'standard' },
          enableRbacAuthorization: true,
          // What is encrypted with a key that is gone can never be read again.
          enablePurgeProtection: true,
        },
      },
    },
    ...request.stages.flatMap((stage): Wanted[] => [
      {
        what: 'container',
        name: names.state(stage),
        why: `the state of ${stage}`,
        path: `${account}/blobServices/default/containers/${names.state(stage)}`,
        apiVersion: storageVersion,
        body: { properties: { publicAccess: 'None' } },
      },
      {
        what: 'key',
        name: names.state(stage),
        why: `encrypts the secrets in the state of ${stage}`,
        path: `${vault}/keys/${names.state(stage)}`,
        apiVersion: vaultVersion,
        body: { properties: { kty: 'RSA', keySize: 3072, keyOps: ['encrypt', 'decrypt'] } },
        isOnlyCreated: true,
      },
    ]),
  ];
}
