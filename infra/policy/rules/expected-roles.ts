import { roles } from '../../src/roles.ts';
import { isA, type Rule } from '../rule.ts';

const expected = new Set<string>(Object.values(roles));

/** A role that an environment does not need is one that somebody else can use. */
export const expectedRoles: Rule = {
  name: 'expected-roles',
  description: 'Only the few narrow roles an environment needs are assigned, each on one resource.',
  check(resource) {
    if (!isA(resource, 'authorization:RoleAssignment')) return [];
    const violations: string[] = [];
    const role = resource.props['roleDefinitionId'];
    const scope = resource.props['scope'];
    if (typeof role === 'string' && !expected.has(role.split('/').at(-1)?.toLowerCase() ?? '')) {
      violations.push(`roleDefinitionId ${role} is none of the roles that an environment needs.`);
    }
    if (typeof scope === 'string' && !scope.includes('/providers/')) {
      violations.push(`scope ${scope} has to be one resource, not a group or a subscription.`);
    }
    return violations;
  },
};
