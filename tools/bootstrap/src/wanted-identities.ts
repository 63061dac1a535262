import type { BootstrapRequest } from './bootstrap-request.ts';
import { type GitHubEnvironment, subjectOf } from './github-environments.ts';
import type { Names } from './names.ts';
import { stableGuid } from './stable-ids.ts';
import type { Wanted } from './wanted.ts';

const identityVersion = '2023-01-31';

/** The identity of one environment, and the one credential with which its jobs sign in. */
export function wantedIdentity(
  request: BootstrapRequest,
  names: Names,
  environment: GitHubEnvironment,
): readonly [Wanted, Wanted] {
  const name = names.identity(environment.name);
  const group = `/subscriptions/${request.subscriptionId}/resourceGroups/${names.group}`;
  const path = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}`;
  const does = environment.may === 'change' ? 'changes' : 'watches';
  return [
    {
      what: 'identity',
      name,
      why: `${does} ${environment.stage}`,
      path,
      apiVersion: identityVersion,
      body: { location: request.location, tags: { project: 'mispriced', purpose: 'pipeline' } },
    },
    {
      what: 'federated credential',
      name: `github-${environment.name}`,
      why: `lets jobs of the environment ${environment.name} in, and nobody else`,
      path: `${path}/federatedIdentityCredentials/github-${environment.name}`,
      apiVersion: identityVersion,
      body: {
        properties: {
          issuer: request.issuer,
          subject: subjectOf(request, environment.name),
          audiences: ['api://AzureADTokenExchange'],
        },
      },
    },
  ];
}

/**
 * What looking for drift needs: to read everything, and the settings of apps, which Azure counts as
 * an action. The role Reader alone does not suffice, and the next wider one may change apps.
 */
export function wantedWatcherRole(request: BootstrapRequest, names: Names): Wanted {
  const scope = `/subscriptions/${request.subscriptionId}`;
  return {
    what: 'role',
    name: names.watcherRole,
    why: 'reads everything in the subscription, app settings included, and changes nothing',
    path: `${scope}/providers/Microsoft.Authorization/roleDefinitions/${watcherRoleId(request)}`,
    apiVersion: '2022-04-01',
    body: {
      properties: {
        roleName: names.watcherRole,
        type: 'CustomRole',
        description: 'Looks whether environments are as they were made.',
        assignableScopes: [scope],
        permissions: [{ actions: ['*/read', 'Microsoft.Web/sites/config/list/action'] }],
      },
    },
  };
}

/** The GUID of the watchers' role. */
export function watcherRoleId(request: BootstrapRequest): string {
  return stableGuid([request.subscriptionId, request.resourceGroup, 'watcher']);
}
