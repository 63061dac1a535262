import { isA, objectAt, type Rule } from '../rule.ts';

/** A secret deleted by mistake, or by somebody else, has to come back. */
export const vaultSoftDelete: Rule = {
  name: 'vault-soft-delete',
  description: 'What is deleted in a vault can be brought back; outside previews nobody can purge.',
  check(resource) {
    if (!isA(resource, 'keyvault:Vault')) return [];
    const properties = objectAt(resource.props, 'properties');
    const stack = String(objectAt(resource.props, 'tags')['stack']);
    const violations: string[] = [];
    if (properties['enableSoftDelete'] !== true) {
      violations.push('properties.enableSoftDelete has to be true.');
    }
    if (properties['enablePurgeProtection'] !== true && !stack.startsWith('pr-')) {
      violations.push('properties.enablePurgeProtection has to be true outside a preview.');
    }
    return violations;
  },
};
