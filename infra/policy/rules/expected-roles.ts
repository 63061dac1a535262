import { roles } from '../../src/roles.ts';
import { isA, type Rule } from '../rule.ts';

const expected = new Set<string>(Object.values(roles));

/** What changes secrets and keys: for people, and never for the app. */
const forPeople = new Set<string>([roles.keyVaultSecretsOfficer, roles.storageAccountKeyOperator]);

/** A role that an environment does not need is one that somebody else can use. */
export const expectedRoles: Rule = {
  name: 'expected-roles',
  description: 'Only the few narrow roles an environment needs are assigned, each on one resource.',
  check(resource) {
    if (!isA(resource, 'authorization:RoleAssignment')) return [];
    const violations: string[] = [];
    const role = resource.props['roleDefinitionId'];
    const scope = resource.props['scope'];
    const id = typeof role === 'string' ? (role.split('/').at(-1)?.toLowerCase() ?? '') : null;
    if (id !== null && !expected.has(id)) {
      violations.push(`roleDefinitionId ${id} is none of the roles that an environment needs.`);
    }
    if (id !== null && forPeople.has(id) && resource.props['principalType'] !== 'Group') {
      violations.push(`roleDefinitionId ${id} is for the operators' group alone.`);
    }
    if (typeof scope === 'string' && !scope.includes('/providers/')) {
      violations.push(`scope ${scope} has to be one resource, not a group or a subscription.`);
    }
    return violations;
  },
};
