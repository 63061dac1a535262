import type { CheckedResource, Rule } from './rule.ts';
import { allowedLocationsRule } from './rules/allowed-locations.ts';
import { expectedRoles } from './rules/expected-roles.ts';
import { httpsOnly } from './rules/https-only.ts';
import { liveTradingOnlyInProd } from './rules/live-trading-only-in-prod.ts';
import { modernTls } from './rules/modern-tls.ts';
import { noPasswordsForDeployment } from './rules/no-passwords-for-deployment.ts';
import { noPublicBlobs } from './rules/no-public-blobs.ts';
import { noSecretsInSettings } from './rules/no-secrets-in-settings.ts';
import { noSharedKeys } from './rules/no-shared-keys.ts';
import { requiredTagsRule } from './rules/required-tags.ts';
import { vaultLeastPrivilege } from './rules/vault-least-privilege.ts';
import { vaultSoftDelete } from './rules/vault-soft-delete.ts';

export type { Rule } from './rule.ts';

/** Every rule that an environment keeps. */
export const rules: readonly Rule[] = [
  allowedLocationsRule,
  expectedRoles,
  httpsOnly,
  liveTradingOnlyInProd,
  modernTls,
  noPasswordsForDeployment,
  noPublicBlobs,
  noSecretsInSettings,
  noSharedKeys,
  requiredTagsRule,
  vaultLeastPrivilege,
  vaultSoftDelete,
];

/** What is wrong with a resource by any rule, as `rule: sentence`. */
export function violations(resource: CheckedResource): string[] {
  return rules.flatMap((rule) => rule.check(resource).map((text) => `${rule.name}: ${text}`));
}
