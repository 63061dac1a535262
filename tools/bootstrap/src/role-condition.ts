const action = 'Microsoft.Authorization/roleAssignments';

/**
 * The condition under which somebody may give and take roles: these alone. Azure's own form for it
 * (https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples).
 */
export function onlyTheseRoles(roleIds: readonly string[]): string {
  const clause = (verb: 'write' | 'delete', from: '@Request' | '@Resource'): string =>
    `((!(ActionMatches{'${action}/${verb}'})) OR (${from}[${action}:RoleDefinitionId] ` +
    `ForAnyOfAnyValues:GuidEquals {${roleIds.join(', ')}}))`;
  return `${clause('write', '@Request')} AND ${clause('delete', '@Resource')}`;
}
