import { operatorsTag } from '../../src/tags.ts';
import { isA, objectAt, objectsAt, type Rule } from '../rule.ts';

/** What a policy may allow; `purge` and `all` are nobody's. */
const allowed = new Set(['get', 'list', 'set', 'delete', 'recover']);
const writing = new Set(['set', 'delete', 'recover']);

/** Who can read a secret of the venue can trade with its money. */
export const vaultLeastPrivilege: Rule = {
  name: 'vault-least-privilege',
  description:
    'Vault policies allow what is needed: secrets alone, one writer, which is never the app; no purging.',
  check(resource) {
    if (!isA(resource, 'keyvault:Vault')) return [];
    const properties = objectAt(resource.props, 'properties');
    const policies = objectsAt(properties, 'accessPolicies');
    if (properties['enableRbacAuthorization'] === true) {
      return policies.length === 0 ? [] : ['accessPolicies are ignored where roles decide.'];
    }
    const violations: string[] = [];
    const operators = objectAt(resource.props, 'tags')[operatorsTag];
    const principals = new Set<unknown>();
    for (const [index, policy] of policies.entries()) {
      const permissions = objectAt(policy, 'permissions');
      const where = `accessPolicies[${index}].permissions`;
      for (const kind of ['keys', 'certificates', 'storage']) {
        const given = permissions[kind];
        if (Array.isArray(given) && given.length > 0) {
          violations.push(`${where}.${kind} has to be left out.`);
        }
      }
      const secrets = (permissions['secrets'] ?? []) as string[];
      for (const one of secrets.filter((name) => !allowed.has(name.toLowerCase()))) {
        violations.push(`${where}.secrets must not hold ${one}.`);
      }
      const writes = secrets.some((name) => writing.has(name.toLowerCase()));
      // The app's identity has no id yet in a preview of its first update, and is never this one.
      if (writes && (operators === undefined || policy['objectId'] !== operators)) {
        violations.push(`${where}.secrets let another write than tags.${operatorsTag} names.`);
      }
      if (principals.has(policy['objectId'])) {
        violations.push(`accessPolicies[${index}] is a second policy for the same principal.`);
      }
      principals.add(policy['objectId']);
    }
    return violations;
  },
};
