/** A role: what it lets one do with resources and with what is in them. */
export interface RoleDefinition {
  readonly id: string;
  readonly roleName: string;
  readonly description: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  /** Where a role of one's own may be assigned; Azure's may be anywhere. */
  readonly assignableScopes?: readonly string[];
}

const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const queues = 'Microsoft.Storage/storageAccounts/queueServices/queues';
const tables = 'Microsoft.Storage/storageAccounts/tableServices/tables';
const secrets = 'Microsoft.KeyVault/vaults/secrets';
const keys = 'Microsoft.KeyVault/vaults/keys';

/** The built-in roles that the project and its tests can use, with Azure's ids. */
export const roleDefinitions: readonly RoleDefinition[] = [
  role('8e3af657-a8ff-443c-a75c-2fe8c4bcb635', 'Owner', { actions: ['*'] }),
  role('b24988ac-6180-42a0-ab88-20f7382dd24c', 'Contributor', {
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
    ],
  }),
  role('acdd72a7-3385-48ef-bd42-f606fba81ae7', 'Reader', { actions: ['*/read'] }),
  role('18d7d88d-d35e-4fb5-a5c3-7773c20a72d9', 'User Access Administrator', {
    actions: ['*/read', 'Microsoft.Authorization/*'],
  }),
  role('f58310d9-a9f6-439a-9e8d-f62e7b41a168', 'Role Based Access Control Administrator', {
    actions: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      '*/read',
    ],
  }),
  role('17d1049b-9a84-46fb-8f53-869881c3d3ab', 'Storage Account Contributor', {
    actions: ['Microsoft.Storage/storageAccounts/*', 'Microsoft.Resources/*/read'],
  }),
  role('81a9662b-bebf-436f-a333-f67b29880f12', 'Storage Account Key Operator Service Role', {
    actions: [
      'Microsoft.Storage/storageAccounts/listkeys/action',
      'Microsoft.Storage/storageAccounts/regeneratekey/action',
    ],
  }),
  role('b7e6dc6d-f1e8-4753-8033-0f276bb0955b', 'Storage Blob Data Owner', {
    actions: [`${blobs}/*`],
    dataActions: [`${blobs}/blobs/*`],
  }),
  role('ba92f5b4-2d11-453d-a403-e96b0029c9fe', 'Storage Blob Data Contributor', {
    actions: [`${blobs}/delete`, `${blobs}/read`, `${blobs}/write`],
    dataActions: ['delete', 'read', 'write', 'move/action', 'add/action'].map(
      (each) => `${blobs}/blobs/${each}`,
    ),
  }),
  role('2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', 'Storage Blob Data Reader', {
    actions: [`${blobs}/read`],
    dataActions: [`${blobs}/blobs/read`],
  }),
  role('974c5e8b-45b9-4653-ba55-5f855dd0fb88', 'Storage Queue Data Contributor', {
    actions: [`${queues}/delete`, `${queues}/read`, `${queues}/write`],
    dataActions: ['delete', 'read', 'write', 'process/action'].map(
      (each) => `${queues}/messages/${each}`,
    ),
  }),
  role('19e7f393-937e-4f77-808e-94535e297925', 'Storage Queue Data Reader', {
    actions: [`${queues}/read`],
    dataActions: [`${queues}/messages/read`],
  }),
  role('0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3', 'Storage Table Data Contributor', {
    actions: [`${tables}/read`, `${tables}/write`, `${tables}/delete`],
    dataActions: [`${tables}/entities/*`],
  }),
  role('3913510d-42f4-4e42-8a64-420c390055eb', 'Monitoring Metrics Publisher', {
    actions: ['Microsoft.Insights/Register/Action'],
    dataActions: ['Microsoft.Insights/Metrics/Write', 'Microsoft.Insights/Telemetry/Write'],
  }),
  role('00482a5a-887f-4fb3-b363-3b7fe8e74483', 'Key Vault Administrator', {
    actions: ['Microsoft.KeyVault/*/read'],
    dataActions: ['Microsoft.KeyVault/vaults/*'],
  }),
  role('b86a8fe4-44ce-4948-aee5-eccb2c155cd7', 'Key Vault Secrets Officer', {
    actions: ['Microsoft.KeyVault/*/read'],
    dataActions: [`${secrets}/*`],
  }),
  role('4633458b-17de-408a-b874-0445c86b69e6', 'Key Vault Secrets User', {
    dataActions: [`${secrets}/getSecret/action`, `${secrets}/readMetadata/action`],
  }),
  role('12338af0-0e69-4776-bea7-57ae8d297424', 'Key Vault Crypto User', {
    dataActions: [
      `${keys}/read`,
      ...['update', 'backup', 'encrypt', 'decrypt', 'wrap', 'unwrap', 'sign', 'verify'].map(
        (each) => `${keys}/${each}/action`,
      ),
    ],
  }),
  role('14b46e9e-c2b7-41b4-b07b-48a6ebf60603', 'Key Vault Crypto Officer', {
    actions: ['Microsoft.KeyVault/*/read'],
    dataActions: [`${keys}/*`],
  }),
  role('f25e0fa2-a7c8-4377-a976-54943a77a395', 'Key Vault Contributor', {
    actions: ['Microsoft.KeyVault/*'],
    notActions: ['Microsoft.KeyVault/locations/deletedVaults/purge/action'],
  }),
  role('de139f84-1756-47ae-9be6-808fbbe84772', 'Website Contributor', {
    actions: ['Microsoft.Web/*', 'Microsoft.Resources/*/read', 'Microsoft.Insights/components/*'],
  }),
  role('f1a07417-d97a-45cb-824c-7a7467783830', 'Managed Identity Operator', {
    actions: [
      'Microsoft.ManagedIdentity/userAssignedIdentities/*/read',
      'Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action',
    ],
  }),
];

/** A role by the last part of its id. */
export function findRole(roleId: string): RoleDefinition | undefined {
  const id = roleId.split('/').at(-1)?.toLowerCase();
  return roleDefinitions.find((each) => each.id === id);
}

function role(
  id: string,
  roleName: string,
  grants: Partial<Pick<RoleDefinition, 'actions' | 'notActions' | 'dataActions'>>,
): RoleDefinition {
  return {
    id,
    roleName,
    description: `The built-in role ${roleName}, as far as the local cloud looks at it.`,
    actions: [],
    notActions: [],
    dataActions: [],
    ...grants,
  };
}
