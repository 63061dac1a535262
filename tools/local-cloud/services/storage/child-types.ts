import { z } from 'zod';
import { conflict } from '../engine/errors.ts';
import { parentId, nameOf } from '../engine/resource-id.ts';
import type { NameRule } from '../engine/resource-type.ts';
import { kept, oneOf, path } from '../engine/shape.ts';
import { storageApiVersions as apiVersions } from './account-body.ts';
import { createContainer, deleteContainer } from './data-plane.ts';
import { refreshHeld } from './refresh-held.ts';
import { defineStorageType } from './storage-context.ts';

const containerType = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const queueType = 'Microsoft.Storage/storageAccounts/queueServices/queues';

const retention = z
  .strictObject({
    enabled: z.boolean().optional(),
    days: z.number().int().min(1).max(365).optional(),
    allowPermanentDelete: z.boolean().optional(),
  })
  .refine((policy) => policy.enabled !== true || policy.days !== undefined, {
    message: 'an enabled retention policy needs days',
  });

const onlyDefault: NameRule = {
  pattern: /^default$/i,
  code: 'InvalidResourceName',
  message: (name) => `The name '${name}' is not valid: it must be 'default'.`,
};

const containerRule = (kind: string): NameRule => ({
  pattern: /^(?!.*--)(\$root|\$web|[a-z0-9][a-z0-9-]{1,61}[a-z0-9])$/,
  code: 'InvalidResourceName',
  message: (name) =>
    `The ${kind} name '${name}' is not valid: 3 to 63 lower-case letters, digits and single ` +
    'hyphens, beginning and ending with a letter or digit.',
});

/** The account a child of a child belongs to. */
function accountOf(id: string): string {
  return nameOf(parentId(parentId(id) ?? '') ?? '');
}

const blobService = defineStorageType({
  type: 'Microsoft.Storage/storageAccounts/blobServices',
  apiVersions,
  name: onlyDefault,
  implicit: { names: ['default'], body: { properties: {} } },
  createdStatus: 200,
  methods: ['PUT', 'GET'],
  body: z.strictObject({
    ...path,
    properties: z
      .strictObject({
        deleteRetentionPolicy: retention.optional(),
        containerDeleteRetentionPolicy: retention.optional(),
        isVersioningEnabled: z.boolean().optional(),
        ...kept('cors', 'defaultServiceVersion', 'automaticSnapshotPolicyEnabled', 'changeFeed'),
        ...kept('restorePolicy', 'lastAccessTimeTrackingPolicy'),
      })
      .optional(),
  }),
  readOnly: ['sku'],
});

const container = defineStorageType({
  type: containerType,
  apiVersions,
  name: containerRule('container'),
  body: z.strictObject({
    ...path,
    properties: z
      .strictObject({
        publicAccess: oneOf('Container', 'Blob', 'None').optional(),
        metadata: z.record(z.string(), z.string()).optional(),
        ...kept('defaultEncryptionScope', 'denyEncryptionScopeOverride'),
        ...kept('immutableStorageWithVersioning', 'enableNfsV3RootSquash', 'enableNfsV3AllSquash'),
      })
      .optional(),
  }),
  refresh: (args) => refreshHeld({ ...args, type: containerType, service: 'blob' }),
  readOnly: ['etag', 'properties.deleted', 'properties.leaseState', 'properties.lastModifiedTime'],
  prepare: async ({ context, id, name, body, existing }) => {
    const owner = context.resources.find(parentId(parentId(id) ?? '') ?? '');
    const publicAccess = body.properties?.publicAccess ?? 'None';
    if (publicAccess !== 'None' && owner?.body.properties?.['allowBlobPublicAccess'] !== true) {
      throw conflict(
        'Public access is not permitted on this storage account.',
        'PublicAccessNotPermitted',
      );
    }
    const { azurite } = context.storage;
    const account = accountOf(id);
    await createContainer({ azurite, account, service: 'blob', name, publicAccess });
    return {
      facts: existing?.facts ?? {},
      body: { properties: { ...body.properties, publicAccess } },
    };
  },
  beforeDelete: ({ context, resource }) => {
    const { azurite } = context.storage;
    const account = accountOf(resource.id);
    return deleteContainer({ azurite, account, service: 'blob', name: resource.name });
  },
  present: ({ resource }) => ({
    properties: {
      hasImmutabilityPolicy: false,
      hasLegalHold: false,
      lastModifiedTime: resource.changedAt,
      leaseState: 'Available',
      leaseStatus: 'Unlocked',
    },
  }),
});

const queueService = defineStorageType({
  type: 'Microsoft.Storage/storageAccounts/queueServices',
  apiVersions,
  name: onlyDefault,
  implicit: { names: ['default'], body: { properties: {} } },
  createdStatus: 200,
  methods: ['PUT', 'GET'],
  body: z.strictObject({ ...path, properties: z.strictObject(kept('cors')).optional() }),
  readOnly: [],
});

const queue = defineStorageType({
  type: queueType,
  apiVersions,
  name: containerRule('queue'),
  createdStatus: 200,
  body: z.strictObject({
    ...path,
    properties: z
      .strictObject({ metadata: z.record(z.string(), z.string()).optional() })
      .optional(),
  }),
  refresh: (args) => refreshHeld({ ...args, type: queueType, service: 'queue' }),
  readOnly: ['properties.approximateMessageCount'],
  prepare: async ({ context, id, name, body, existing }) => {
    const { azurite } = context.storage;
    await createContainer({ azurite, account: accountOf(id), service: 'queue', name });
    return { facts: existing?.facts ?? {}, body };
  },
  beforeDelete: ({ context, resource }) => {
    const { azurite } = context.storage;
    const account = accountOf(resource.id);
    return deleteContainer({ azurite, account, service: 'queue', name: resource.name });
  },
});

const days = z.number().min(0);
const age = z.strictObject({
  daysAfterModificationGreaterThan: days.optional(),
  daysAfterCreationGreaterThan: days.optional(),
  ...kept('daysAfterLastAccessTimeGreaterThan', 'daysAfterLastTierChangeGreaterThan'),
});
const byAge = z.strictObject({
  delete: age.optional(),
  tierToCool: age.optional(),
  tierToCold: age.optional(),
  tierToArchive: age.optional(),
  ...kept('tierToHot', 'enableAutoTierToHotFromCool'),
});

const managementPolicy = defineStorageType({
  type: 'Microsoft.Storage/storageAccounts/managementPolicies',
  apiVersions,
  name: onlyDefault,
  createdStatus: 200,
  body: z.strictObject({
    ...path,
    properties: z.strictObject({
      policy: z.strictObject({
        rules: z
          .array(
            z.strictObject({
              enabled: z.boolean().optional(),
              name: z.string().regex(/^[a-zA-Z0-9-]{1,256}$/),
              type: z.literal('Lifecycle'),
              definition: z.strictObject({
                actions: z.strictObject({
                  baseBlob: byAge.optional(),
                  snapshot: byAge.optional(),
                  version: byAge.optional(),
                }),
                filters: z
                  .strictObject({
                    blobTypes: z.array(oneOf('blockBlob', 'appendBlob')).min(1),
                    prefixMatch: z.array(z.string()).max(10).optional(),
                    ...kept('blobIndexMatch'),
                  })
                  .optional(),
              }),
            }),
          )
          .min(1)
          .max(100),
      }),
    }),
  }),
  readOnly: ['properties.lastModifiedTime'],
  present: ({ resource }) => ({ properties: { lastModifiedTime: resource.changedAt } }),
});

/** What an account holds, as the resource manager sees it. */
export const storageChildTypes = [
  ...[blobService, container, queueService, queue, managementPolicy],
] as const;
