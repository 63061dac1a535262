import type { NameRule } from '../engine/resource-type.ts';

/** What the names of monitoring resources may be; their providers refuse others in few words. */
export function nameRule(pattern: RegExp, what: string): NameRule {
  return {
    pattern,
    code: 'InvalidResourceName',
    message: (name) => `The ${what} name '${name}' is not valid.`,
  };
}
