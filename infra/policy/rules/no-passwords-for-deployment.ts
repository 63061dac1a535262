import { isA, type Rule } from '../rule.ts';

/** A publishing password is a way to the code that no identity guards. */
export const noPasswordsForDeployment: Rule = {
  name: 'no-passwords-for-deployment',
  description: 'FTP and Kudu take no user name and password.',
  check(resource) {
    if (!isA(resource, 'web:WebAppFtpAllowed', 'web:WebAppScmAllowed')) return [];
    return resource.props['allow'] === false ? [] : ['allow has to be false.'];
  },
};
