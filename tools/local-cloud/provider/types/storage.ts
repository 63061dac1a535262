import { inGroup, type TypeSpec } from '../type-spec.ts';

const account = inGroup('Microsoft.Storage/storageAccounts/{accountName}');
const apiVersion = '2024-01-01';

/** Storage accounts and what is in them. */
export const storageTypes: TypeSpec[] = [
  {
    token: 'storage:StorageAccount',
    path: account,
    apiVersion,
    name: { input: 'accountName', auto: 'random' },
    topLevel: ['location', 'tags', 'kind', 'sku', 'identity', 'extendedLocation'],
    renamed: {
      enableHttpsTrafficOnly: 'supportsHttpsTrafficOnly',
      enableNfsV3: 'isNfsV3Enabled',
      networkRuleSet: 'networkAcls',
    },
    replaceOn: ['location', 'isHnsEnabled', 'dnsEndpointType'],
  },
  {
    token: 'storage:BlobServiceProperties',
    path: `${account}/blobServices/{blobServicesName}`,
    apiVersion,
    topLevel: [],
    initialState: { properties: { deleteRetentionPolicy: { enabled: false } } },
  },
  {
    token: 'storage:BlobContainer',
    path: `${account}/blobServices/default/containers/{containerName}`,
    apiVersion,
    topLevel: [],
  },
  {
    token: 'storage:ManagementPolicy',
    path: `${account}/managementPolicies/{managementPolicyName}`,
    apiVersion,
    topLevel: [],
  },
];
