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
import { noSideDoors } from './rules/no-side-doors.ts';
import { previewsOnPaper } from './rules/previews-on-paper.ts';
import { requiredTagsRule } from './rules/required-tags.ts';
import { simulationOnLoopback } from './rules/simulation-on-loopback.ts';
import { vaultLeastPrivilege } from './rules/vault-least-privilege.ts';
import { vaultSoftDelete } from './rules/vault-soft-delete.ts';

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
  noSideDoors,
  previewsOnPaper,
  requiredTagsRule,
  simulationOnLoopback,
  vaultLeastPrivilege,
  vaultSoftDelete,
];

/** What one resource breaks. */
export interface Finding {
  readonly rule: string;
  /** The resource's name. */
  readonly resource: string;
  readonly message: string;
}

/** Everything by which what a stack declares breaks any rule. */
export function findingsOf(
  stack: string,
  resources: readonly { type: string; name: string; props: CheckedResource['props'] }[],
): Finding[] {
  return resources.flatMap(({ type, name, props }) =>
    rules.flatMap((rule) =>
      rule
        .check({ stack, type, props })
        .map((message) => ({ rule: rule.name, resource: name, message })),
    ),
  );
}
