import { inGroup, type TypeSpec } from '../type-spec.ts';

/** Who may do what: identities, assignments of roles, vaults. */
export const accessTypes: TypeSpec[] = [
  {
    token: 'authorization:RoleAssignment',
    path: '/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}',
    apiVersion: '2022-04-01',
    name: { input: 'roleAssignmentName', auto: 'uuid' },
    topLevel: [],
    // Azure answers RoleAssignmentUpdateNotPermitted to a change of either.
    replaceOn: ['principalId', 'roleDefinitionId'],
  },
  {
    token: 'keyvault:Vault',
    path: inGroup('Microsoft.KeyVault/vaults/{vaultName}'),
    apiVersion: '2024-11-01',
    name: { input: 'vaultName', auto: 'random' },
    topLevel: ['location', 'tags'],
    keepsProperties: true,
    replaceOn: ['location'],
  },
  {
    token: 'managedidentity:UserAssignedIdentity',
    path: inGroup('Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}'),
    apiVersion: '2023-01-31',
    name: { input: 'resourceName', auto: 'random' },
    topLevel: ['location', 'tags'],
    replaceOn: ['location'],
  },
];
