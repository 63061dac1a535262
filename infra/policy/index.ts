import { PolicyPack } from '@pulumi/policy';
import { rules } from './rules.ts';

// The same rules as the tests apply, for `pulumi up --policy-pack policy`.
new PolicyPack('mispriced', {
  policies: rules.map((rule) => ({
    name: rule.name,
    description: rule.description,
    enforcementLevel: 'mandatory',
    validateResource: ({ type, props, urn }, report) => {
      const stack = stackIn(urn);
      for (const violation of rule.check({
        stack,
        type,
        props: props as Record<string, unknown>,
      })) {
        report(violation);
      }
    },
  })),
});

/** The stack of `urn:pulumi:STACK::PROJECT::TYPE::NAME`, as the engine itself has it. */
function stackIn(urn: string): string {
  return urn.split('::')[0]?.split(':').at(-1) ?? '';
}
