import { storageAuthTag } from '../../src/tags.ts';
import { isA, objectAt, type Rule } from '../rule.ts';

/** Who holds an account's key can do everything, and nobody can tell who it was. */
export const noSharedKeys: Rule = {
  name: 'no-shared-keys',
  description: 'Account keys open nothing, but in an account that says it is in key mode.',
  check(resource) {
    if (!isA(resource, 'storage:StorageAccount')) return [];
    const isKeyMode = objectAt(resource.props, 'tags')[storageAuthTag] === 'key';
    if (isKeyMode) {
      const policy = objectAt(resource.props, 'keyPolicy');
      return typeof policy['keyExpirationPeriodInDays'] === 'number'
        ? []
        : ['keyPolicy.keyExpirationPeriodInDays has to be set: a key in use gets old.'];
    }
    return resource.props['allowSharedKeyAccess'] === false
      ? []
      : [`allowSharedKeyAccess has to be false, or the tag ${storageAuthTag} "key".`];
  },
};
