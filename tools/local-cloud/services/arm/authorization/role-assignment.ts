import { guidPattern } from '@mispriced/core/domain/guid';
import { z } from 'zod';
import { badRequest, conflict } from '../../engine/errors.ts';
import { sameId } from '../../engine/resource-id.ts';
import { type ArmContext, defineArmType } from '../arm-context.ts';
import { guid, kept, oneOf, path } from '../../engine/shape.ts';
import { assignmentScope, covers } from './make-permissions.ts';
import { findAnyRole } from './custom-role.ts';

const type = 'Microsoft.Authorization/roleAssignments';

/** A role given to somebody at a place. */
export const roleAssignment = defineArmType({
  type,
  apiVersions: ['2018-09-01-preview', '2020-04-01-preview', '2020-10-01-preview', '2022-04-01'],
  extension: true,
  name: {
    pattern: guidPattern,
    code: 'InvalidRoleAssignmentId',
    message: (name) =>
      `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
  },
  body: z.strictObject({
    ...path,
    properties: z.strictObject({
      roleDefinitionId: z.string(),
      principalId: guid,
      principalType: oneOf(
        'User',
        'Group',
        'ServicePrincipal',
        'ForeignGroup',
        'Device',
      ).optional(),
      ...kept('description', 'condition', 'conditionVersion', 'delegatedManagedIdentityResourceId'),
    }),
  }),
  readOnly: ['createdBy', 'createdOn', 'scope', 'updatedBy', 'updatedOn'].map(
    (name) => `properties.${name}`,
  ),
  methods: ['PUT', 'GET', 'DELETE'],
  prepare: ({ context, id, body, existing }) => {
    const { roleDefinitionId, principalId, principalType } = body.properties;
    const role = findAnyRole(context.resources, roleDefinitionId);
    if (role === undefined) {
      throw badRequest(
        `The specified role definition with ID '${roleDefinitionId}' does not exist.`,
        'RoleDefinitionDoesNotExist',
      );
    }
    const scopes = role.assignableScopes ?? [''];
    if (!scopes.some((scope) => covers(scope, assignmentScope(id)))) {
      throw badRequest(
        `The role '${role.roleName}' cannot be assigned at '${assignmentScope(id)}'.`,
        'RoleDefinitionNotAssignable',
      );
    }
    checkPrincipal(context, principalId.toLowerCase(), principalType);
    refuseDuplicate({ context, id, principalId, roleId: role.id });
    const before = existing?.body.properties;
    if (existing !== undefined && !sameId(String(before?.['principalId']), principalId)) {
      throw conflict(
        'Tenant ID, application ID, principal ID, and scope are not allowed to be updated.',
        'RoleAssignmentUpdateNotPermitted',
      );
    }
    const base = `/subscriptions/${context.subscriptionId}/providers/Microsoft.Authorization`;
    return {
      facts: {},
      body: {
        properties: {
          ...body.properties,
          principalId: principalId.toLowerCase(),
          roleDefinitionId: `${base}/roleDefinitions/${role.id}`,
          principalType: principalType ?? kindOf(context, principalId.toLowerCase()),
        },
      },
    };
  },
  present: ({ resource }) => ({
    properties: {
      scope: assignmentScope(resource.id) || '/',
      createdOn: resource.createdAt,
      updatedOn: resource.changedAt,
    },
  }),
});

function kindOf(context: ArmContext, principalId: string): string {
  return context.directory.find(principalId)?.kind === 'group' ? 'Group' : 'ServicePrincipal';
}

function checkPrincipal(
  context: ArmContext,
  principalId: string,
  givenType: string | undefined,
): void {
  const principal = context.directory.find(principalId);
  const delayed = context.settings.principalSeconds * 1000;
  const owner =
    principal?.resourceId === undefined ? undefined : context.resources.find(principal.resourceId);
  const age =
    owner === undefined
      ? Infinity
      : context.clock().getTime() - new Date(owner.createdAt).getTime();
  // Naming the type tells Azure not to look the principal up, which a fresh one would not survive.
  if (principal !== undefined && (givenType !== undefined || age >= delayed)) {
    const kind = kindOf(context, principalId);
    if (givenType === undefined || givenType === kind) return;
    throw badRequest(
      `The PrincipalId '${principalId.replaceAll('-', '')}' has type '${kind}' , which is ` +
        `different from specified PrinciaplType '${givenType}'.`,
      'UnmatchedPrincipalType',
    );
  }
  throw badRequest(
    `Principal ${principalId.replaceAll('-', '')} does not exist in the directory ` +
      `${context.directory.tenantId}. Check that you have the correct principal ID. If you are ` +
      'creating this principal and then immediately assigning a role, this error might be ' +
      'related to a replication delay. In this case, set the role assignment principalType ' +
      'property to a value, such as ServicePrincipal, User, or Group. See ' +
      'https://aka.ms/docs-principaltype',
    'PrincipalNotFound',
  );
}

function refuseDuplicate(args: {
  context: ArmContext;
  id: string;
  principalId: string;
  roleId: string;
}): void {
  const scope = assignmentScope(args.id);
  const other = args.context.resources
    .ofType(type)
    .filter((each) => !sameId(each.id, args.id))
    .find(
      (each) =>
        sameId(assignmentScope(each.id), scope) &&
        sameId(String(each.body.properties?.['principalId']), args.principalId) &&
        String(each.body.properties?.['roleDefinitionId']).split('/').at(-1) === args.roleId,
    );
  if (other === undefined) return;
  throw conflict(
    `The role assignment already exists. The ID of the existing role assignment is ` +
      `${other.name.replaceAll('-', '')}.`,
    'RoleAssignmentExists',
  );
}
