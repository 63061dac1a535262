import { PolicyPack } from '@pulumi/policy';
import { rules } from './rules.ts';

// The same rules as the tests apply, for `pulumi up --policy-pack policy`.
new PolicyPack('mispriced', {
  policies: rules.map((rule) => ({
    name: rule.name,
    description: rule.description,
    enforcementLevel: 'mandatory',
    validateResource: ({ type, props }, report) => {
      for (const violation of rule.check({ type, props: props as Record<string, unknown> })) {
        report(violation);
      }
    },
  })),
});
