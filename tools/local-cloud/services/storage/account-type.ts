import { z } from 'zod';
import { answer, jsonBody } from '@mispriced/loopback-server';
import { badRequest } from '../engine/errors.ts';
import type { ResourceAction } from '../engine/resource-type.ts';
import { oneOf } from '../engine/shape.ts';
import { storageAccountBody, storageApiVersions } from './account-body.ts';
import { checkStorageAccount } from './account-checks.ts';
import { checkRedundancy } from './redundancy.ts';
import type { StorageAccounts } from './storage-accounts.ts';
import { defineStorageType, type StorageContext } from './storage-context.ts';

/** What every account name must be. */
export const storageAccountName = {
  pattern: /^[a-z0-9]{3,24}$/,
  code: 'AccountNameInvalid',
  message: (name: string): string =>
    `${name} is not a valid storage account name. Storage account name must be between 3 and 24 ` +
    'characters in length and use numbers and lower-case letters only.',
};

const keyName = z.object({ keyName: oneOf('key1', 'key2', 'kerb1', 'kerb2') });

const regenerateKey: ResourceAction<StorageContext> = async ({ context, resource, request }) => {
  const parsed = keyName.safeParse(jsonBody(request));
  if (!parsed.success || parsed.data.keyName.startsWith('kerb')) {
    throw badRequest('The key to regenerate must be key1 or key2.', 'InvalidKeyName');
  }
  await context.storage.regenerate(resource.name, parsed.data.keyName === 'key1' ? 'key1' : 'key2');
  return answer(200, shownKeys(context.storage, resource.name));
};

/** A storage account with its keys; its data is behind the storage front. */
export const storageAccount = defineStorageType({
  type: 'Microsoft.Storage/storageAccounts',
  apiVersions: storageApiVersions,
  name: storageAccountName,
  body: storageAccountBody,
  readOnly: [
    ...['creationTime', 'keyCreationTime', 'primaryEndpoints', 'primaryLocation'],
    ...['provisioningState', 'secondaryEndpoints', 'secondaryLocation', 'statusOfPrimary'],
    ...[
      'statusOfSecondary',
      'privateEndpointConnections',
      'geoReplicationStats',
      'storageAccountSkuConversionStatus',
    ],
  ].map((name) => `properties.${name}`),
  put: 'location',
  provisioningState: true,
  prepare: (args) => {
    checkStorageAccount(args);
    checkRedundancy({
      sku: args.body.sku.name,
      kind: args.body.kind,
      location: args.body.location,
    });
    return {
      facts: {},
      body: {
        ...args.body,
        sku: { name: args.body.sku.name },
        properties: {
          allowBlobPublicAccess: false,
          minimumTlsVersion: 'TLS1_0',
          supportsHttpsTrafficOnly: true,
          accessTier: 'Hot',
          networkAcls: { bypass: 'AzureServices', defaultAction: 'Allow' },
          ...args.body.properties,
        },
      },
    };
  },
  afterPut: async ({ context, resource }) => {
    if (context.storage.keys(resource.name) === undefined) {
      await context.storage.create(resource.name);
    }
  },
  afterDelete: ({ context, resource }) => context.storage.remove(resource.name),
  present: ({ context, resource }) => {
    const keys = context.storage.keys(resource.name);
    const endpoint = (kind: 'blob' | 'queue' | 'table'): string =>
      `${context.addresses.hosted(kind, resource.name)}/`;
    const sku = resource.body['sku'] as { name: string };
    return {
      fields: { sku: { ...sku, tier: sku.name.split('_')[0]?.replace('V2', '') } },
      properties: {
        creationTime: resource.createdAt,
        keyCreationTime: { key1: keys?.key1.createdAt, key2: keys?.key2.createdAt },
        primaryEndpoints: {
          blob: endpoint('blob'),
          queue: endpoint('queue'),
          table: endpoint('table'),
        },
        primaryLocation: resource.body.location,
        statusOfPrimary: 'available',
        encryption: {
          keySource: 'Microsoft.Storage',
          services: { blob: { enabled: true, keyType: 'Account' } },
        },
      },
    };
  },
  actions: {
    listKeys: ({ context, resource }) => answer(200, shownKeys(context.storage, resource.name)),
    regenerateKey,
  },
});

function shownKeys(storage: StorageAccounts, account: string): Record<string, unknown> {
  const keys = storage.keys(account);
  return {
    keys: (['key1', 'key2'] as const).map((name) => ({
      keyName: name,
      value: keys?.[name].value,
      permissions: 'FULL',
      creationTime: keys?.[name].createdAt,
    })),
  };
}
