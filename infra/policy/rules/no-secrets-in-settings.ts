import { appSettingsIn } from '../app-settings-in.ts';
import { secretLikeness } from '../secret-likeness.ts';
import type { Rule } from '../rule.ts';

/** An app setting stands in Pulumi's state, and everybody who may read the app may read it. */
export const noSecretsInSettings: Rule = {
  name: 'no-secrets-in-settings',
  description: 'App settings hold no secret, judged by name and by how random they look.',
  check(resource) {
    return appSettingsIn(resource).flatMap(([name, value]) => {
      // What is not known before it is made cannot be judged, and comes from Azure itself.
      const why = typeof value === 'string' ? secretLikeness(name, value) : null;
      // The value is not repeated: what this rule reports is printed and kept.
      return why === null
        ? []
        : [`${name} must be a reference to Key Vault, for ${why}: @Microsoft.KeyVault(...).`];
    });
  },
};
