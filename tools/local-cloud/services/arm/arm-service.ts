import type { CloudService } from '../../src/service.ts';
import { answer } from '@mispriced/loopback-server';
import type { ArmEngineContext } from '../engine/resource-type.ts';
import type { SignInContext } from '../identity/identity-context.ts';
import { openAdministrator } from './administrator.ts';
import type { AccessContext } from './arm-context.ts';
import { customRole } from './authorization/custom-role.ts';
import { makePermissions } from './authorization/make-permissions.ts';
import { roleAssignment } from './authorization/role-assignment.ts';
import { handleArmRequest } from './handle-arm-request.ts';
import { openOperators } from './operators.ts';
import { resourceGroupRoutes } from './routes/resource-group-routes.ts';
import { subscriptionRoutes } from './routes/subscription-routes.ts';
import { resourceGroup } from './types/resource-group.ts';

/** The resource manager: groups, roles, and the resources of every service. */
export const armService: CloudService<ArmEngineContext & SignInContext> = {
  name: 'arm',
  armTypes: [resourceGroup, roleAssignment, customRole],
  armRoutes: [...subscriptionRoutes, ...resourceGroupRoutes],
  open: (context) => {
    const { resources, directory, clock, settings, operations, subscriptionId } = context;
    const administrator = openAdministrator(context);
    const permissions = makePermissions({
      resources,
      directory,
      clock,
      roleAssignmentSeconds: () => settings.roleAssignmentSeconds,
    });
    const given: AccessContext = {
      permissions,
      administrator,
      operatorsGroupId: openOperators(directory, administrator.objectId),
    };
    return {
      context: given,
      rest: {
        faults: 'resource-manager',
        // What services after this one give to the context is there when a request comes.
        handle: (request) => handleArmRequest({ request, context: { ...context, permissions } }),
        acceptAndFail: ({ query }, failure) => {
          const apiVersion = query.get('api-version') ?? '';
          const base = `/subscriptions/${subscriptionId}`;
          return answer(202, undefined, operations.startFailing({ base, apiVersion, failure }));
        },
      },
    };
  },
};
