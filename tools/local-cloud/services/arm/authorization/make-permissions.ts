import type { Permissions } from '../../../src/permissions.ts';
import type { Directory } from '../../identity/directory.ts';
import type { Resource } from '../../engine/resource.ts';
import type { ResourceStore } from '../../engine/resource-store.ts';
import { findAnyRole } from './custom-role.ts';
import type { RoleDefinition } from './role-definitions.ts';

const assignmentsPart = '/providers/microsoft.authorization/roleassignments/';

/**
 * Looks roles up as they stand at each question. An assignment counts at its scope and below it,
 * for its principal and, where that is a group, for the group's members, once it is old enough.
 */
export function makePermissions(args: {
  resources: ResourceStore;
  directory: Directory;
  clock: () => Date;
  roleAssignmentSeconds: () => number;
}): Permissions {
  const assignmentsOf = (objectId: string): readonly Resource[] => {
    const grantees = args.directory.grantees(objectId);
    const oldEnough = args.clock().getTime() - args.roleAssignmentSeconds() * 1000;
    return args.resources
      .ofType('Microsoft.Authorization/roleAssignments')
      .filter((each) => grantees.includes(String(each.body.properties?.['principalId'])))
      .filter((each) => new Date(each.createdAt).getTime() <= oldEnough);
  };
  return {
    allows: ({ objectId, scope, action, kind }) =>
      assignmentsOf(objectId).some((assignment) => {
        if (!covers(assignmentScope(assignment.id), scope)) return false;
        const roleId = String(assignment.body.properties?.['roleDefinitionId']);
        const role = findAnyRole(args.resources, roleId);
        return role !== undefined && grants(role, action, kind);
      }),
    hasAny: (objectId) => assignmentsOf(objectId).length > 0,
  };
}

/** The scope that an assignment's id says it is at. */
export function assignmentScope(id: string): string {
  return id.slice(0, id.toLowerCase().lastIndexOf(assignmentsPart));
}

/** Whether what is granted at one place holds at another. */
export function covers(granted: string, asked: string): boolean {
  const [above, below] = [granted.toLowerCase(), asked.toLowerCase()];
  return above === '' || below === above || below.startsWith(`${above}/`);
}

function grants(role: RoleDefinition, action: string, kind: 'actions' | 'dataActions'): boolean {
  const matches = (pattern: string): boolean => matchesAction(pattern, action);
  if (kind === 'dataActions') return role.dataActions.some(matches);
  return role.actions.some(matches) && !role.notActions.some(matches);
}

function matchesAction(pattern: string, action: string): boolean {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`, 'i').test(action);
}
