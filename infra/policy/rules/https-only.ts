import { isA, type Rule } from '../rule.ts';

/** A function key or a token sent in the clear is anybody's. */
export const httpsOnly: Rule = {
  name: 'https-only',
  description: 'Apps and storage answer over HTTPS alone.',
  check(resource) {
    if (isA(resource, 'web:WebApp', 'web:WebAppSlot')) {
      return resource.props['httpsOnly'] === true ? [] : ['httpsOnly has to be true.'];
    }
    if (isA(resource, 'storage:StorageAccount')) {
      const only = resource.props['enableHttpsTrafficOnly'];
      return only === true ? [] : ['enableHttpsTrafficOnly has to be true.'];
    }
    return [];
  },
};
