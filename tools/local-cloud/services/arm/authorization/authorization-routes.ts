import { answer, HttpError, type HttpRequest, type HttpResponse } from '@mispriced/loopback-server';
import { checkApiVersion } from '../../engine/api-version.ts';
import type { Caller } from '../../engine/arm-route.ts';
import type { ArmContext } from '../arm-context.ts';
import { presentResource } from '../../engine/present.ts';
import { parseResourcePath } from '../../engine/resource-id.ts';
import { authorizeCaller } from '../authorize-caller.ts';
import { assignmentScope, covers } from './make-permissions.ts';
import { customRoles, findAnyRole, roleDefinitionVersions } from './custom-role.ts';
import { type RoleDefinition, roleDefinitions } from './role-definitions.ts';
import { roleAssignment } from './role-assignment.ts';

/**
 * Role definitions, and lists of assignments at any scope.
 *
 * @throws HttpError 403 without `Microsoft.Authorization/roleDefinitions/read` or
 * `Microsoft.Authorization/roleAssignments/read` there
 */
export function handleAuthorizationRead(
  request: HttpRequest,
  context: ArmContext,
  caller: Caller,
): HttpResponse | undefined {
  const path = parseResourcePath(request.path);
  if (request.method !== 'GET' || path?.namespace.toLowerCase() !== 'microsoft.authorization') {
    return undefined;
  }
  const [kind = '', name] = path.segments;
  const version = request.query.get('api-version');
  const { permissions } = context;
  const permit = (type: string): void => {
    authorizeCaller({ permissions, caller, action: `${type}/read`, scope: path.scope });
  };
  if (kind.toLowerCase() === 'roledefinitions') {
    checkApiVersion({
      version,
      type: 'Microsoft.Authorization/roleDefinitions',
      known: roleDefinitionVersions,
    });
    permit('Microsoft.Authorization/roleDefinitions');
    return name === undefined
      ? answer(200, { value: filtered(request, context).map((each) => present(context, each)) })
      : one(context, name);
  }
  if (kind.toLowerCase() !== 'roleassignments' || name !== undefined) return undefined;
  checkApiVersion({ version, type: roleAssignment.type, known: roleAssignment.apiVersions });
  permit(roleAssignment.type);
  return answer(200, { value: assignments(request, context, path.scope) });
}

function assignments(request: HttpRequest, context: ArmContext, scope: string): unknown[] {
  const filter = request.query.get('$filter') ?? '';
  const principal = /(?:principalId|assignedTo)\s*(?:eq\s*|\()'([^']+)'/i.exec(filter)?.[1];
  const onlyAtScope = /atScope\(\)/i.test(filter);
  return context.resources
    .ofType(roleAssignment.type)
    .filter((each) => {
      const at = assignmentScope(each.id);
      const isAbove = covers(at, scope);
      return isAbove || (!onlyAtScope && covers(scope, at));
    })
    .filter(
      (each) =>
        principal === undefined ||
        String(each.body.properties?.['principalId']) === principal.toLowerCase(),
    )
    .map((resource) => presentResource({ context, type: roleAssignment, resource }));
}

function filtered(request: HttpRequest, context: ArmContext): readonly RoleDefinition[] {
  const filter = request.query.get('$filter') ?? '';
  const roleName = /roleName\s+eq\s+'([^']+)'/i.exec(filter)?.[1];
  return [...roleDefinitions, ...customRoles(context.resources)].filter(
    (each) => roleName === undefined || each.roleName.toLowerCase() === roleName.toLowerCase(),
  );
}

function one(context: ArmContext, name: string): HttpResponse {
  const role = findAnyRole(context.resources, name);
  if (role !== undefined) return answer(200, present(context, role));
  throw new HttpError({
    status: 404,
    code: 'RoleDefinitionDoesNotExist',
    message: `The specified role definition with ID '${name}' does not exist.`,
  });
}

function present(context: ArmContext, role: RoleDefinition): Record<string, unknown> {
  const base = `/subscriptions/${context.subscriptionId}/providers/Microsoft.Authorization`;
  return {
    id: `${base}/roleDefinitions/${role.id}`,
    name: role.id,
    type: 'Microsoft.Authorization/roleDefinitions',
    properties: {
      roleName: role.roleName,
      type: role.assignableScopes === undefined ? 'BuiltInRole' : 'CustomRole',
      description: role.description,
      assignableScopes: role.assignableScopes ?? ['/'],
      permissions: [
        {
          actions: role.actions,
          notActions: role.notActions,
          dataActions: role.dataActions,
          notDataActions: [],
        },
      ],
    },
  };
}
