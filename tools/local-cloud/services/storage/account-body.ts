import { z } from 'zod';
import { kept, oneOf, placed } from '../engine/shape.ts';

/** The versions in which storage is managed. */
export const storageApiVersions = [
  ...['2019-06-01', '2020-08-01-preview', '2021-01-01', '2021-04-01', '2021-09-01', '2022-05-01'],
  ...['2022-09-01', '2023-01-01', '2023-04-01', '2023-05-01', '2024-01-01', '2025-01-01'],
  ...['2025-06-01', '2025-08-01', '2026-04-01', '2026-09-01'],
];

const properties = z.strictObject({
  allowBlobPublicAccess: z.boolean().optional(),
  allowSharedKeyAccess: z.boolean().optional(),
  minimumTlsVersion: oneOf('TLS1_0', 'TLS1_1', 'TLS1_2', 'TLS1_3').optional(),
  supportsHttpsTrafficOnly: z.boolean().optional(),
  publicNetworkAccess: oneOf('Enabled', 'Disabled', 'SecuredByPerimeter').optional(),
  accessTier: oneOf('Hot', 'Cool', 'Cold', 'Premium').optional(),
  isHnsEnabled: z.boolean().optional(),
  keyPolicy: z
    .strictObject({ keyExpirationPeriodInDays: z.number().int().min(1).max(2_147_483_647) })
    .optional(),
  networkAcls: z
    .strictObject({
      defaultAction: oneOf('Allow', 'Deny'),
      ...kept('bypass', 'ipRules', 'virtualNetworkRules', 'resourceAccessRules'),
    })
    .optional(),
  ...kept(
    'allowedCopyScope',
    'sasPolicy',
    'customDomain',
    'encryption',
    'allowCrossTenantReplication',
  ),
  ...kept('azureFilesIdentityBasedAuthentication', 'isSftpEnabled', 'isLocalUserEnabled'),
  ...kept('enableExtendedGroups', 'largeFileSharesState', 'routingPreference', 'isNfsV3Enabled'),
  ...kept('defaultToOAuthAuthentication', 'immutableStorageWithVersioning', 'dnsEndpointType'),
});

/** What an account is made of. */
export const storageAccountBody = z.strictObject({
  ...placed,
  kind: oneOf('Storage', 'StorageV2', 'BlobStorage', 'FileStorage', 'BlockBlobStorage'),
  sku: z.strictObject({
    name: oneOf(
      ...(['Standard_LRS', 'Standard_GRS', 'Standard_RAGRS', 'Standard_ZRS'] as const),
      ...(['Premium_LRS', 'Premium_ZRS', 'Standard_GZRS', 'Standard_RAGZRS'] as const),
      ...(['StandardV2_LRS', 'StandardV2_GRS', 'StandardV2_ZRS', 'StandardV2_GZRS'] as const),
      ...(['PremiumV2_LRS', 'PremiumV2_ZRS'] as const),
    ),
    // Shown with the SKU and sent back by some clients.
    tier: z.string().optional(),
  }),
  ...kept('extendedLocation', 'identity'),
  properties: properties.optional(),
});

/** A body of a storage account, as accepted. */
export type StorageAccountBody = z.infer<typeof storageAccountBody>;
