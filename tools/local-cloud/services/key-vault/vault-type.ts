import { z } from 'zod';
import { omit } from '../../src/omit.ts';
import { badRequest } from '../engine/errors.ts';
import type { Resource } from '../engine/resource.ts';
import { guid, kept, oneOf, placed } from '../engine/shape.ts';
import { defineVaultType } from './key-vault-context.ts';
import { showKey } from './show-key.ts';
import { checkVaultName, deleteVaultSoftly, recoverVault } from './deleted-vaults.ts';

export const vaultApiVersions = [
  ...['2016-10-01', '2018-02-14', '2019-09-01', '2021-10-01', '2022-07-01', '2022-11-01'],
  ...['2023-02-01', '2023-07-01', '2024-11-01', '2025-05-01', '2026-02-01'],
];

/** A new vault made with this version or a later one goes by roles unless it says otherwise. */
const rolesByDefaultSince = '2026-02-01';

const anyKind = ['all', 'get', 'list', 'delete', 'backup', 'restore', 'recover', 'purge'] as const;
const permissions = {
  secrets: oneOf(...anyKind, 'set'),
  keys: oneOf(
    ...anyKind,
    ...(['encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'sign', 'verify', 'create'] as const),
    ...(['update', 'import', 'release', 'rotate'] as const),
    ...(['getrotationpolicy', 'setrotationpolicy'] as const),
  ),
  certificates: oneOf(
    ...anyKind,
    ...(['create', 'import', 'update', 'managecontacts', 'getissuers', 'listissuers'] as const),
    ...(['setissuers', 'deleteissuers', 'manageissuers'] as const),
  ),
  storage: oneOf(
    ...anyKind,
    ...(['set', 'update', 'regeneratekey', 'getsas', 'listsas', 'setsas', 'deletesas'] as const),
  ),
};

/** What one identity may do in a vault, as the resource manager takes it. */
export const accessPolicySchema = z.strictObject({
  tenantId: guid,
  objectId: guid,
  applicationId: guid.optional(),
  permissions: z.strictObject({
    secrets: z.array(permissions.secrets).optional(),
    keys: z.array(permissions.keys).optional(),
    certificates: z.array(permissions.certificates).optional(),
    storage: z.array(permissions.storage).optional(),
  }),
});

/** One access policy. */
export type AccessPolicy = z.infer<typeof accessPolicySchema>;

const properties = z.strictObject({
  tenantId: guid,
  sku: z.strictObject({ family: oneOf('A'), name: z.enum(['standard', 'premium']) }),
  accessPolicies: z.array(accessPolicySchema).max(1024).optional(),
  enableRbacAuthorization: z.boolean().nullish(),
  enableSoftDelete: z.boolean().nullish(),
  softDeleteRetentionInDays: z.number().int().min(7).max(90).optional(),
  enablePurgeProtection: z.boolean().nullish(),
  publicNetworkAccess: oneOf('Enabled', 'Disabled').optional(),
  createMode: z.enum(['default', 'recover']).optional(),
  networkAcls: z
    .strictObject({
      defaultAction: oneOf('Allow', 'Deny').optional(),
      ...kept('bypass', 'ipRules', 'virtualNetworkRules'),
    })
    .optional(),
  ...kept('vaultUri', 'provisioningState', 'enabledForDeployment', 'enabledForDiskEncryption'),
  ...kept('enabledForTemplateDeployment'),
});

/** A key vault, as the resource manager sees it; its secrets have a data plane of their own. */
export const vaultType = defineVaultType({
  type: 'Microsoft.KeyVault/vaults',
  apiVersions: vaultApiVersions,
  name: {
    pattern: /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
    code: 'VaultNameNotValid',
    message: (name) =>
      `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric ` +
      'characters. The name must begin with a letter, end with a letter or digit, and not ' +
      'contain consecutive hyphens.',
  },
  body: z.strictObject({ ...placed, properties }),
  readOnly: ['systemData', 'properties.hsmPoolResourceId', 'properties.privateEndpointConnections'],
  createdStatus: 200,
  provisioningState: true,
  prepare: ({ context, id, name, body, existing, apiVersion }) => {
    const wanted = body.properties;
    const enableRbacAuthorization =
      wanted.enableRbacAuthorization ??
      existing?.body.properties?.['enableRbacAuthorization'] ??
      apiVersion >= rolesByDefaultSince;
    if (wanted.tenantId.toLowerCase() !== context.directory.tenantId) {
      throw badRequest(
        `The tenant ID '${wanted.tenantId}' is not valid for this subscription.`,
        'InvalidTenantId',
      );
    }
    checkVaultName({ context, id, name, recovers: wanted.createMode === 'recover' });
    if (wanted.createMode === 'recover' && existing === undefined) {
      const recovered = recoverVault({ context, id, name });
      for (const key of context.keys.all(id)) showKey(context, { vaultId: id, name: key.name });
      return { body: recovered.body, facts: {} };
    }
    if (wanted.accessPolicies === undefined && enableRbacAuthorization !== true) {
      throw badRequest(
        "The parameter 'accessPolicies' is not specified.",
        'VaultPropertiesInvalid',
      );
    }
    checkIrreversible(wanted, existing);
    return {
      facts: {},
      body: {
        ...body,
        properties: {
          softDeleteRetentionInDays: 90,
          publicNetworkAccess: 'Enabled',
          enabledForDeployment: false,
          accessPolicies: [],
          ...existingRetention(existing),
          ...omit(wanted, 'createMode'),
          enableRbacAuthorization,
          enableSoftDelete: true,
        },
      },
    };
  },
  afterDelete: ({ context, resource }) => {
    deleteVaultSoftly(context, resource);
  },
  present: ({ context, resource }) => ({
    properties: { vaultUri: `${context.addresses.hosted('vault', resource.name)}/` },
  }),
});

function existingRetention(existing: Resource | undefined): Record<string, unknown> {
  const { softDeleteRetentionInDays, enablePurgeProtection } = existing?.body.properties ?? {};
  return {
    ...(softDeleteRetentionInDays !== undefined && { softDeleteRetentionInDays }),
    ...(enablePurgeProtection === true && { enablePurgeProtection }),
  };
}

function checkIrreversible(
  wanted: z.infer<typeof properties>,
  existing: Resource | undefined,
): void {
  const before = existing?.body.properties ?? {};
  if (wanted.enableSoftDelete === false) {
    throw badRequest(
      'The property "enableSoftDelete" can no longer be set to false: every vault is deleted softly.',
    );
  }
  if (before['enablePurgeProtection'] === true && wanted.enablePurgeProtection === false) {
    throw badRequest(
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection ' +
        'for a vault is an irreversible action.',
    );
  }
  const days = before['softDeleteRetentionInDays'];
  const wantedDays = wanted.softDeleteRetentionInDays;
  if (days !== undefined && wantedDays !== undefined && days !== wantedDays) {
    throw badRequest(
      'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
    );
  }
}
