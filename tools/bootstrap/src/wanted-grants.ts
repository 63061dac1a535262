import { roles as environmentRoles } from '@mispriced/infra/roles';
import type { BootstrapRequest } from './bootstrap-request.ts';
import type { GitHubEnvironment } from './github-environments.ts';
import type { Names } from './names.ts';
import { onlyTheseRoles } from './role-condition.ts';
import { stableGuid } from './stable-ids.ts';
import type { Wanted } from './wanted.ts';
import { watcherRoleId } from './wanted-identities.ts';

const roleIds = {
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  accessAdministrator: 'f58310d9-a9f6-439a-9e8d-f62e7b41a168',
  blobContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  blobReader: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
  cryptoUser: '12338af0-0e69-4776-bea7-57ae8d297424',
} as const;

interface Grant {
  readonly role: string;
  readonly roleId: string;
  readonly scope: string;
  readonly why: string;
  readonly condition?: string;
}

/** What the identity of an environment may do. It needs to be there first, to have a principal. */
export function wantedGrants(args: {
  request: BootstrapRequest;
  names: Names;
  environment: GitHubEnvironment;
  principalId: string;
}): readonly Wanted[] {
  return grantsOf(args).map((grant): Wanted => {
    const id = stableGuid([grant.scope, args.principalId, grant.roleId]);
    const definitions = `/subscriptions/${args.request.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions`;
    return {
      what: 'role assignment',
      name: `${args.names.identity(args.environment.name)}: ${grant.role}`,
      why: grant.why,
      path: `${grant.scope}/providers/Microsoft.Authorization/roleAssignments/${id}`,
      apiVersion: '2022-04-01',
      body: {
        properties: {
          roleDefinitionId: `${definitions}/${grant.roleId}`,
          principalId: args.principalId,
          // Azure need not look up an identity that was made seconds ago.
          principalType: 'ServicePrincipal',
          ...(grant.condition !== undefined && {
            condition: grant.condition,
            conditionVersion: '2.0',
          }),
        },
      },
    };
  });
}

function grantsOf(args: {
  request: BootstrapRequest;
  names: Names;
  environment: GitHubEnvironment;
}): readonly Grant[] {
  const { request, names } = args;
  const { stage, may } = args.environment;
  const subscription = `/subscriptions/${request.subscriptionId}`;
  const group = `${subscription}/resourceGroups/${names.group}/providers`;
  const container = `${group}/Microsoft.Storage/storageAccounts/${names.account}/blobServices/default/containers/${names.state(stage)}`;
  const key = `${group}/Microsoft.KeyVault/vaults/${names.vault}/keys/${names.state(stage)}`;
  const useKey: Grant = {
    role: 'Key Vault Crypto User',
    roleId: roleIds.cryptoUser,
    scope: key,
    why: `decrypts the state of ${stage}, by its key alone`,
  };
  if (may === 'watch') {
    return [
      {
        role: names.watcherRole,
        roleId: watcherRoleId(request),
        scope: subscription,
        why: 'compares what is there with what was made',
      },
      {
        role: 'Storage Blob Data Reader',
        roleId: roleIds.blobReader,
        scope: container,
        why: `reads the state of ${stage}`,
      },
      useKey,
    ];
  }
  return [
    {
      role: 'Contributor',
      roleId: roleIds.contributor,
      scope: subscription,
      why: 'makes and changes environments, each in a resource group of its own',
    },
    {
      role: 'Role Based Access Control Administrator',
      roleId: roleIds.accessAdministrator,
      scope: subscription,
      why: 'gives an app the few roles that an environment has, and no others',
      condition: onlyTheseRoles(Object.values(environmentRoles)),
    },
    {
      role: 'Storage Blob Data Contributor',
      roleId: roleIds.blobContributor,
      scope: container,
      why: `writes the state of ${stage}`,
    },
    useKey,
  ];
}
