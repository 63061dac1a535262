import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resourceName, suffixLength, type NamedService } from './naming.ts';
import { parseStackName, type Stack } from './stack.ts';

/** What each service takes, as the real service checks it. */
const accepted: Record<NamedService, RegExp> = {
  resourceGroup: /^[-\w.()]{0,89}[-\w()]$/,
  storageAccount: /^[a-z0-9]{3,24}$/,
  keyVault: /^(?!.*--)[a-zA-Z][a-zA-Z0-9-]{1,22}[a-zA-Z0-9]$/,
  identity: /^[a-zA-Z0-9][-\w]{2,127}$/,
  plan: /^[a-zA-Z0-9-]{1,60}$/,
  app: /^(?!-)[a-zA-Z0-9-]{2,32}(?<!-)$/,
  workspace: /^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$/,
  applicationInsights: /^[^%&\\?/]{1,259}[^%&\\?/. ]$/,
  budget: /^[\w-]{1,63}$/,
};

const stackName = fc.oneof(
  fc.constantFrom('dev', 'staging', 'prod', 'local'),
  fc.integer({ min: 1, max: 999_999 }).map((number) => `pr-${number}`),
);
const suffix = fc.stringMatching(new RegExp(`^[0-9a-f]{${suffixLength}}$`));

describe('resourceName', () => {
  it.each(Object.keys(accepted) as NamedService[])('fits %s for every stack', (service) => {
    fc.assert(
      fc.property(stackName, suffix, (name, random) => {
        const stack = parseStackName(name) as Stack;
        expect(resourceName(service, stack) + random).toMatch(accepted[service]);
      }),
    );
  });

  it('never gives two stacks the same name', () => {
    const names = ['dev', 'staging', 'prod', 'local', 'pr-1', 'pr-11', 'pr-111'];
    for (const service of Object.keys(accepted) as NamedService[]) {
      const made = names.map((name) => resourceName(service, parseStackName(name) as Stack));
      expect(new Set(made).size).toBe(names.length);
    }
  });

  it('refuses a name that would not fit rather than have Azure refuse it', () => {
    const stack: Stack = { name: 'a-name-that-is-long', kind: 'dev', pullRequest: null };
    expect(() => resourceName('keyVault', stack)).toThrow(RangeError);
  });
});
