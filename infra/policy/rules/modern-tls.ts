import { isA, objectAt, type Rule } from '../rule.ts';

const modern = new Set(['TLS1_2', 'TLS1_3', '1.2', '1.3']);

/** Older versions can be broken by who listens. */
export const modernTls: Rule = {
  name: 'tls-1-2-or-higher',
  description: 'Connections use TLS 1.2 or higher.',
  check(resource) {
    if (isA(resource, 'storage:StorageAccount')) {
      const version = resource.props['minimumTlsVersion'];
      return isModern(version) ? [] : ['minimumTlsVersion has to be TLS1_2 or higher.'];
    }
    if (isA(resource, 'web:WebApp', 'web:WebAppSlot')) {
      const site = objectAt(resource.props, 'siteConfig');
      // Left out, an app has 1.2, which Azure made the default for all of them.
      return (['minTlsVersion', 'scmMinTlsVersion'] as const)
        .filter((key) => site[key] !== undefined && !isModern(site[key]))
        .map((key) => `siteConfig.${key} has to be 1.2 or higher.`);
    }
    return [];
  },
};

function isModern(version: unknown): boolean {
  return typeof version === 'string' && modern.has(version);
}
